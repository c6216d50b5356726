package dev.rac.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Takes backups of a running stack, and keeps the last seven. Used by one thread. */
final class Backups {
    static final int KEPT = 7;

    /** What makes the databases usable as they were: without it, keys and secrets are made anew at the next start, and variables are lost. */
    private static final List<String> SECRETS = List.of(
            "certs",
            "service-secret",
            "notification-secret",
            "registry-secret",
            "admin-password",
            // What variables are encrypted with. Logs, beside it, are not backed up.
            "notifier/env.key");

    private final Path data;
    private final Map<String, Predicate<Path>> databases;
    private final Optional<String> password;
    private final BackupBucket bucket;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * Prepares backups.
     *
     * @param data the stack's directory
     * @param databases copy themselves into a new zip file, by service; false where that has backups of its own
     * @param password encrypts them; without one, they hold no secrets
     */
    Backups(
            Path data,
            Map<String, Predicate<Path>> databases,
            Optional<String> password,
            BackupBucket bucket,
            Clock clock,
            SecureRandom random) {
        this.data = data;
        this.databases = Map.copyOf(databases);
        this.password = password;
        this.bucket = bucket;
        this.clock = clock;
        this.random = random;
    }

    /** When the last backup was taken, by whomever. */
    Optional<Instant> last() {
        return bucket.list().stream().map(StoredBackup::takenAt).findFirst();
    }

    /**
     * Takes a backup, then deletes all but the last seven.
     *
     * @throws BackupException if the disk or the bucket does not take it
     */
    StoredBackup take() {
        Path directory = temporaryDirectory();
        try {
            Path file = directory.resolve("backup");
            write(file, directory);
            var backup = new StoredBackup(
                    clock.instant().truncatedTo(ChronoUnit.SECONDS), password.isPresent(), Files.size(file));
            bucket.put(backup, file);
            bucket.list().stream().skip(KEPT).forEach(bucket::delete);
            return backup;
        } catch (IOException e) {
            throw new BackupException("cannot write a backup to " + directory + ": " + e.getMessage(), e);
        } finally {
            delete(directory);
        }
    }

    private void write(Path file, Path directory) throws IOException {
        try (var archive = new Archive(output(file))) {
            for (Map.Entry<String, Predicate<Path>> database : databases.entrySet()) {
                Path copy = directory.resolve(database.getKey() + ".zip");
                if (database.getValue().test(copy)) {
                    archive.addAll(copy);
                }
            }
            if (password.isPresent()) {
                for (String secret : SECRETS) {
                    archive.add(data, secret);
                }
            }
        }
    }

    private OutputStream output(Path file) throws IOException {
        var plain = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
        return password.isPresent() ? new SealedOutput(plain, password.orElseThrow(), random) : plain;
    }

    // Beside the databases: there is room for them, and nobody else may read it.
    private Path temporaryDirectory() {
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            return Files.createTempDirectory(data, "backup", ownerOnly);
        } catch (IOException e) {
            throw new BackupException("cannot write a backup below " + data + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new BackupException("cannot delete " + directory + ": " + e.getMessage(), e);
        }
    }
}
