package dev.rac.certs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces whole files: a crash leaves the old content or the new, never a part. */
final class AtomicFile {
    private AtomicFile() {}

    /** Writes a file of mode 0600. */
    static void writeSecret(Path file, String content) {
        write(file, content, "rw-------");
    }

    /** Writes a file of mode 0644. */
    static void writePublic(Path file, String content) {
        write(file, content, "rw-r--r--");
    }

    /** Puts a file in the place of another. */
    static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CertificatesException("cannot move " + from + " to " + to + ": is the directory writable?", e);
        }
    }

    private static void write(Path file, String content, String mode) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            // What a crash left may have another mode.
            Files.deleteIfExists(temporary);
            var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(temporary, options, permissions)) {
                ByteBuffer bytes = StandardCharsets.US_ASCII.encode(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            // The umask may have taken a bit that was asked for.
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CertificatesException("cannot write " + file + ": is the directory writable, the disk full?", e);
        }
    }
}
