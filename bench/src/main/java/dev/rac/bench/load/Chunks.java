package dev.rac.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A chunked body (RFC 9112, section 7.1), as far as it has been read; without trailers, which no service here sends. */
final class Chunks {
    /** The length of a body that comes in chunks. */
    static final int UNKNOWN = -1;

    private static final int LINE_END = 2;

    private final ByteBuffer in;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    // Where the next chunk's size stands.
    private int at;
    private boolean last;

    Chunks(ByteBuffer in, int begin) {
        this.in = in;
        this.at = begin;
    }

    /**
     * Looks at what has come since.
     *
     * @return whether the last chunk is there
     */
    boolean complete() throws IOException {
        while (!last) {
            int lineEnd = lineEnd();
            if (lineEnd < 0) {
                return false;
            }
            int size = size(lineEnd);
            int next = lineEnd + LINE_END + size + LINE_END;
            if (next > in.position()) {
                return false;
            }
            at = next;
            last = size == 0;
        }
        return true;
    }

    /** The body of an answer that is complete. */
    byte[] body() {
        int lineEnd = lineEnd();
        for (int size = size(lineEnd); size > 0; size = size(lineEnd)) {
            var chunk = new byte[size];
            in.get(lineEnd + LINE_END, chunk);
            body.writeBytes(chunk);
            at = lineEnd + LINE_END + size + LINE_END;
            lineEnd = lineEnd();
        }
        return body.toByteArray();
    }

    private int lineEnd() {
        for (int i = at; i + 1 < in.position(); i++) {
            if (in.get(i) == '\r' && in.get(i + 1) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private int size(int lineEnd) {
        int size = 0;
        for (int i = at; i < lineEnd; i++) {
            size = size * 16 + Character.digit(in.get(i), 16);
        }
        return size;
    }
}
