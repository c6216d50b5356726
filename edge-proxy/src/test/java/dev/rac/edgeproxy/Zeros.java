package dev.rac.edgeproxy;

import java.io.InputStream;
import java.util.Arrays;

/** So many zeros, made as they are read. */
final class Zeros extends InputStream {
    private long left;

    Zeros(long bytes) {
        this.left = bytes;
    }

    @Override
    public int read() {
        return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (left <= 0) {
            return -1;
        }
        int count = (int) Math.min(left, length);
        Arrays.fill(buffer, offset, offset + count, (byte) 0);
        left -= count;
        return count;
    }
}
