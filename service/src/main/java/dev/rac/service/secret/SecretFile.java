package dev.rac.service.secret;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret that is made once and kept in a file of mode 0600. */
public final class SecretFile {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private SecretFile() {}

    /**
     * The secret in {@code file}; where there is none, a new one of 256 random bits, in hexadecimal, is written first.
     *
     * @throws SecretException if the file is there but empty, or cannot be read or written
     */
    public static String readOrCreate(Path file) {
        try {
            if (!Files.exists(file)) {
                write(file, random());
            }
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new SecretException(
                        file + " holds no secret: restore it from a backup, or delete it to have a new one made");
            }
            return secret;
        } catch (IOException e) {
            throw new SecretException(
                    "cannot read or write the secret in " + file + " (" + e.getMessage()
                            + "): see that this user may read and write it",
                    e);
        }
    }

    /** 256 random bits in hexadecimal. */
    public static String random() {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void write(Path file, String secret) throws IOException {
        Files.createDirectories(file.getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path temporary =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp", ownerOnly);
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(secret + "\n"));
            channel.force(true);
        }
        // A crash leaves the whole secret or none: never half of one under its final name.
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
