package dev.rac.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory that keeps everything of one local stack, held by one process at a time. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    /**
     * Makes the directory, for its owner only, if it is not there, and takes hold of it.
     *
     * @throws StackException if it cannot be written, or another process holds it
     */
    public static DataDirectory open(Path path) {
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(path, ownerOnly);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            return new DataDirectory(path, channel);
        } catch (OverlappingFileLockException e) {
            throw new StackException("another RAC uses " + path + ": end it, or set RAC_DATA to another directory", e);
        } catch (IOException e) {
            throw new StackException(
                    "cannot write to " + path + " (" + e.getMessage()
                            + "): set RAC_DATA to a directory that this user can write to",
                    e);
        }
    }

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** A directory inside, made if it is not there. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new StackException("cannot make " + path.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
