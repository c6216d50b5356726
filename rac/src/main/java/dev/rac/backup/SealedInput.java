package dev.rac.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decrypts what {@link SealedOutput} made; gives nothing that is not proved to be genuine. Not thread-safe.
 *
 * <p>Reading throws a {@link BackupException} where the password is wrong or the content damaged or cut off.
 */
final class SealedInput extends InputStream {
    private static final int SEALED_BYTES = Segments.SEGMENT_BYTES + Segments.TAG_BYTES;

    private final BufferedInputStream in;
    private final Segments segments;
    private byte[] segment = {};
    private int given;
    private boolean last;

    SealedInput(InputStream in, String password) throws IOException {
        this.in = new BufferedInputStream(in, 2 * SEALED_BYTES);
        this.segments = new Segments(password, Segments.readSalt(this.in));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (given == segment.length) {
            if (last) {
                return -1;
            }
            next();
        }
        int part = Math.min(length, segment.length - given);
        System.arraycopy(segment, given, bytes, offset, part);
        given += part;
        return part;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void next() throws IOException {
        byte[] sealed = in.readNBytes(SEALED_BYTES);
        in.mark(1);
        last = in.read() < 0;
        if (!last) {
            in.reset();
        }
        segment = segments.open(sealed, sealed.length, last);
        given = 0;
    }
}
