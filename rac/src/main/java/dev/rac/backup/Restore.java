package dev.rac.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts a backup back where a stack that starts there finds it. */
public final class Restore {
    private Restore() {}

    /**
     * Restores a backup into a directory that is empty or not there.
     *
     * @param name of the backup; empty: the last one
     * @return the backup that was restored
     * @throws BackupException if the directory is not empty, there is no such backup, or it does not open; then nothing
     *     is left in the directory
     */
    public static StoredBackup into(Path data, Optional<String> name, Optional<String> password, BackupBucket bucket) {
        requireEmpty(data);
        StoredBackup backup = find(name, bucket.list());
        if (backup.encrypted() && password.isEmpty()) {
            throw new BackupException("the backup " + backup.name()
                    + " is encrypted: set RAC_BACKUP_PASSWORD to the one that it was made with");
        }
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(data, ownerOnly);
            // Nothing is in its place before all of it is proved to be whole.
            Path part = Files.createDirectory(data.resolve("restore.tmp"), ownerOnly);
            try {
                unpack(backup, password, bucket, part);
                for (Path file : children(part)) {
                    Files.move(file, data.resolve(file.getFileName()));
                }
            } finally {
                delete(part);
            }
            return backup;
        } catch (IOException e) {
            throw new BackupException("cannot restore into " + data + ": " + e.getMessage(), e);
        }
    }

    private static void unpack(StoredBackup backup, Optional<String> password, BackupBucket bucket, Path directory)
            throws IOException {
        Path file = directory.resolve("archive");
        bucket.get(backup, file);
        try (InputStream stored = Files.newInputStream(file);
                InputStream archive = backup.encrypted() ? new SealedInput(stored, password.orElseThrow()) : stored) {
            if (Archive.extract(archive, directory).isEmpty()) {
                throw new BackupException("the backup " + backup.name() + " is empty or damaged: restore another one");
            }
        }
        Files.delete(file);
    }

    private static StoredBackup find(Optional<String> name, List<StoredBackup> backups) {
        if (backups.isEmpty()) {
            throw new BackupException("there is no backup in the bucket");
        }
        return backups.stream()
                .filter(backup -> name.isEmpty() || backup.name().equals(name.orElseThrow()))
                .findFirst()
                .orElseThrow(() -> new BackupException(
                        "there is no backup " + name.orElse("") + ": rac restore --list names those that there are"));
    }

    private static void requireEmpty(Path data) {
        try {
            if (Files.exists(data) && !children(data).isEmpty()) {
                throw new BackupException(data
                        + " is not empty, and is left as it is: move it away, or set RAC_DATA to another directory");
            }
        } catch (IOException e) {
            throw new BackupException("cannot read " + data + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            for (Path child : children(path)) {
                delete(child);
            }
        }
        Files.delete(path);
    }
}
