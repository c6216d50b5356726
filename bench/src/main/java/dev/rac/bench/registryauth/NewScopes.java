package dev.rac.bench.registryauth;

import dev.rac.bench.load.Requests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Anonymous requests for repositories that nobody has asked for before, spread over the names of all users, so that each
 * looks elsewhere in a large table. The digits are changed in place, which takes next to nothing.
 */
final class NewScopes implements Requests {
    private static final String USER = "user000000";
    private static final String NEW = "%2Fnew";
    private static final String NUMBER = "0000000000";
    private static final int USER_DIGITS = 6;
    private static final int USERS = 100_000;
    // Prime to the number of users: every user comes once before one comes again.
    private static final long STRIDE = 618_033;

    private final byte[] request;
    private final int[] places;
    private final AtomicLong sequence;

    /**
     * Prepares the requests of one connection.
     *
     * @param sequence the number of the next repository, which all connections share
     */
    NewScopes(int scopes, AtomicLong sequence) {
        String text = HttpText.get(Collections.nCopies(scopes, USER + "/new" + NUMBER));
        this.request = text.getBytes(StandardCharsets.US_ASCII);
        this.places = new int[scopes];
        this.sequence = sequence;
        for (int i = 0, from = 0; i < scopes; i++) {
            places[i] = text.indexOf(USER, from);
            from = places[i] + 1;
        }
    }

    @Override
    public ByteBuffer next() {
        long number = sequence.getAndAdd(places.length);
        for (int place : places) {
            int userEnd = place + USER.length();
            write(number * STRIDE % USERS, userEnd, USER_DIGITS);
            write(number, userEnd + NEW.length() + NUMBER.length(), NUMBER.length());
            number++;
        }
        return ByteBuffer.wrap(request);
    }

    private void write(long number, int end, int digits) {
        long left = number;
        for (int i = 1; i <= digits; i++) {
            request[end - i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }
}
