package dev.rac.notifier.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A layer with a static busybox in it, as a tar (POSIX.1-1988, ustar). */
final class Busybox {
    private static final Path PROGRAM = Path.of("/bin/busybox");
    private static final int BLOCK = 512;

    private Busybox() {}

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    static byte[] layer() throws IOException {
        byte[] program = Files.readAllBytes(PROGRAM);
        var tar = new ByteArrayOutputStream();
        tar.writeBytes(header("busybox", program.length));
        tar.writeBytes(program);
        tar.writeBytes(new byte[(BLOCK - program.length % BLOCK) % BLOCK + 2 * BLOCK]);
        return tar.toByteArray();
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000755");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(0));
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte b : header) {
            sum += b;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
