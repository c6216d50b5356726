package dev.rac.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/** Encrypts what is written to it; whole only after {@link #close()}. Not thread-safe. */
final class SealedOutput extends OutputStream {
    private final OutputStream out;
    private final Segments segments;
    private final byte[] segment = new byte[Segments.SEGMENT_BYTES];
    private int filled;

    SealedOutput(OutputStream out, String password, SecureRandom random) throws IOException {
        var salt = new byte[Segments.SALT_BYTES];
        random.nextBytes(salt);
        this.out = out;
        this.segments = new Segments(password, salt);
        out.write(Segments.MAGIC);
        out.write(salt);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            // A full segment is kept until more comes: the last one is marked as such.
            if (filled == segment.length) {
                emit(false);
            }
            int part = Math.min(length - done, segment.length - filled);
            System.arraycopy(bytes, offset + done, segment, filled, part);
            filled += part;
            done += part;
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            emit(true);
        }
    }

    private void emit(boolean last) throws IOException {
        out.write(segments.seal(segment, filled, last));
        filled = 0;
    }
}
