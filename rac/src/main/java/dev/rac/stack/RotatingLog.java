package dev.rac.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that takes what a child process prints, and the file before it: when the one is full it becomes the other, so
 * that both together are bounded. Thread-safe.
 */
final class RotatingLog {
    private static final Logger LOG = LoggerFactory.getLogger(RotatingLog.class);
    private static final int BUFFER_BYTES = 8192;

    private final Path path;
    private final long maxBytes;
    private boolean complained;

    /**
     * Makes it; what the file holds already stays.
     *
     * @param maxBytes when the file is full
     */
    RotatingLog(Path path, long maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
    }

    Path path() {
        return path;
    }

    /** The file that was full last. */
    Path previous() {
        return path.resolveSibling(path.getFileName() + ".1");
    }

    /**
     * Takes all that a process prints, until it ends.
     *
     * @return the thread that does so
     */
    Thread follow(InputStream output) {
        return Thread.ofVirtual().name("log-" + path.getFileName()).start(() -> {
            var buffer = new byte[BUFFER_BYTES];
            try (output) {
                for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                    append(Arrays.copyOf(buffer, read));
                }
            } catch (IOException e) {
                LOG.debug("{} ends: {}", path, e.getMessage());
            }
        });
    }

    // A full disk must not end the child: what cannot be written is lost, and the child's output is read on.
    private synchronized void append(byte[] bytes) {
        try {
            if (Files.exists(path) && Files.size(path) + bytes.length > maxBytes) {
                Files.move(path, previous(), StandardCopyOption.REPLACE_EXISTING);
            }
            try (var file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                var rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    file.write(rest);
                }
            }
            complained = false;
        } catch (IOException e) {
            if (!complained) {
                LOG.warn("{} cannot be written: {}", path, e.getMessage());
                complained = true;
            }
        }
    }
}
