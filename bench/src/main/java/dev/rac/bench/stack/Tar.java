package dev.rac.bench.stack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** An image's layer (POSIX.1, "ustar Interchange Format"). */
public final class Tar {
    private static final int BLOCK = 512;

    private Tar() {}

    /** Executable files by their paths. */
    public static byte[] of(Map<String, byte[]> files) {
        var tar = new ByteArrayOutputStream();
        files.forEach((path, content) -> {
            tar.writeBytes(header(path, content.length));
            tar.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
        });
        tar.writeBytes(new byte[2 * BLOCK]);
        return tar.toByteArray();
    }

    private static byte[] header(String path, int size) {
        var header = new byte[BLOCK];
        put(header, 0, path);
        put(header, 100, "0000755\0" + "0000000\0" + "0000000\0");
        put(header, 124, "%011o\0%011o\0".formatted(size, 0));
        // The checksum is made with blanks in its place.
        put(header, 148, " ".repeat(8) + "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte one : header) {
            sum += Byte.toUnsignedInt(one);
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
