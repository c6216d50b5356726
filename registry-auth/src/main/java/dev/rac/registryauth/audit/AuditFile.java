package dev.rac.registryauth.audit;

import dev.rac.service.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The entries as JSON lines, for programs that gather logs. A file that is full is renamed to {@code ….1}, what was
 * there to {@code ….2}, and so on; the last one is dropped. Not thread-safe.
 */
final class AuditFile {
    static final int KEPT_FILES = 10;

    private final Path file;
    private final long maxBytes;

    /**
     * Prepares the file.
     *
     * @param maxBytes of one file; a batch that does not fit begins the next one
     */
    AuditFile(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /**
     * Appends entries, a line each.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    void append(List<AuditEntry> entries) {
        var lines = new StringBuilder();
        for (AuditEntry entry : entries) {
            lines.append(Json.MAPPER.writeValueAsString(entry)).append('\n');
        }
        try {
            write(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] lines) throws IOException {
        Files.createDirectories(file.getParent());
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size > 0 && size + lines.length > maxBytes) {
            rotate();
        }
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (var channel = FileChannel.open(file, options, ownerOnly)) {
            long whole = channel.size();
            var bytes = ByteBuffer.wrap(lines);
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                // A full disk leaves no half of a line.
                channel.truncate(whole);
                throw e;
            }
        }
    }

    private void rotate() throws IOException {
        for (int i = KEPT_FILES - 1; i >= 0; i--) {
            Path from = numbered(i);
            if (Files.exists(from)) {
                Files.move(from, numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
    }
}
