package dev.rac.bench.load;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** Finds the header {@code Content-Length} (RFC 9110, section 8.6) without making a text of the head. */
final class ContentLength {
    private static final String NAME = "\ncontent-length:";
    // Makes an ASCII letter small, and leaves what else is in the name as it is.
    private static final int LOWER_CASE = 0x20;

    private ContentLength() {}

    static OptionalInt find(ByteBuffer head, int end) {
        for (int i = 0; i + NAME.length() < end; i++) {
            if (head.get(i) == '\n' && isNameAt(head, i)) {
                return OptionalInt.of(number(head, i + NAME.length()));
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isNameAt(ByteBuffer head, int begin) {
        for (int i = 1; i < NAME.length(); i++) {
            if ((head.get(begin + i) | LOWER_CASE) != NAME.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(ByteBuffer head, int begin) {
        int at = begin;
        while (head.get(at) == ' ') {
            at++;
        }
        int number = 0;
        for (; Character.isDigit(head.get(at)); at++) {
            number = number * 10 + head.get(at) - '0';
        }
        return number;
    }
}
