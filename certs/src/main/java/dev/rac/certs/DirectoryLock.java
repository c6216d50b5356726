package dev.rac.certs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one at a time change the files of a directory, of all threads of all processes that share it; by a file that
 * stays there empty, for to delete it would be to lose the lock. Thread-safe.
 */
final class DirectoryLock {
    /** How long to wait for the others: each holds it for no longer than some files take to be written. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long POLL_MILLIS = 10;
    // A file lock is its process's, and does not keep that one's threads out.
    private static final Map<Path, ReentrantLock> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Path directory;
    private final Path file;

    DirectoryLock(Path directory, String name) {
        this.directory = directory;
        this.file = directory.resolve(name);
    }

    /**
     * Does some work while nobody else does any here. Work must not ask for the same lock.
     *
     * @throws CertificatesException if the file cannot be locked, or others hold it for longer than {@link #PATIENCE}
     */
    <T> T hold(Supplier<T> work) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            Path real = Files.createDirectories(directory).toRealPath();
            ReentrantLock here = OF_THIS_PROCESS.computeIfAbsent(real, unseen -> new ReentrantLock());
            if (!here.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
            try {
                return holdFile(work, deadline);
            } finally {
                here.unlock();
            }
        } catch (IOException e) {
            throw new CertificatesException(
                    "cannot lock " + file + ": is the directory writable, and has its file system locks?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertificatesException("interrupted while others held " + file, e);
        }
    }

    private <T> T holdFile(Supplier<T> work, long deadline) throws IOException, InterruptedException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly)) {
            // Not lock(): a process that hangs with it would have all others hang.
            while (channel.tryLock() == null) {
                if (System.nanoTime() > deadline) {
                    throw busy();
                }
                Thread.sleep(POLL_MILLIS);
            }
            return work.get();
        }
    }

    private CertificatesException busy() {
        return new CertificatesException("another process has held " + file + " for " + PATIENCE.toSeconds()
                + " s: see whether one that uses this directory hangs");
    }
}
