package dev.rac.stack;

import dev.rac.backup.BackupBucket;
import dev.rac.backup.BackupSchedule;
import dev.rac.backup.Restore;
import dev.rac.backup.StoredBackup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The local stack's backups: taken while it runs, listed and restored while it does not. */
public final class StackBackups {
    private final StackSettings settings;
    private final Map<String, Predicate<Path>> databases;
    private final boolean embedded;

    /**
     * Prepares the backups of a running stack.
     *
     * @param databases copy themselves into a new zip file, by service; false where that has backups of its own
     * @param embedded whether the databases are files of this process
     */
    StackBackups(StackSettings settings, Map<String, Predicate<Path>> databases, boolean embedded) {
        this.settings = settings;
        this.databases = databases;
        this.embedded = embedded;
    }

    /** Starts taking backups, where that is wanted and makes sense; what is returned ends it. */
    AutoCloseable start() {
        Optional<Duration> every = every();
        return every.isEmpty()
                ? () -> {}
                : BackupSchedule.start(
                        settings.data(),
                        databases,
                        settings.backup(),
                        every.orElseThrow(),
                        Bucket.backups(settings.s3().orElseThrow()),
                        Clock.systemUTC());
    }

    private Optional<Duration> every() {
        boolean something = embedded || settings.backup().password().isPresent();
        return settings.s3().isPresent() && something ? settings.backup().every() : Optional.empty();
    }

    /** What is backed up and what is not, for people. */
    String describe() {
        if (settings.backup().every().isEmpty()) {
            return "backups: off";
        }
        if (settings.s3().isEmpty()) {
            return "backups: none, for the embedded S3 server is on this disk too: copy " + settings.data()
                    + ", or set RAC_S3_ENDPOINT to a server elsewhere";
        }
        boolean secrets = settings.backup().password().isPresent();
        if (embedded) {
            return secrets
                    ? "backups: databases, keys and secrets, encrypted with RAC_BACKUP_PASSWORD"
                    : "backups: the databases only, not encrypted; set RAC_BACKUP_PASSWORD to have them encrypted, with"
                            + " keys and secrets";
        }
        return secrets
                ? "backups: keys and secrets, encrypted with RAC_BACKUP_PASSWORD; the PostgreSQL server has its own"
                : "backups: none; set RAC_BACKUP_PASSWORD to have keys and secrets backed up";
    }

    /** Every backup in the bucket, the newest first. */
    public static List<StoredBackup> list(StackSettings settings) {
        try (var bucket = bucket(settings)) {
            return bucket.list();
        }
    }

    /**
     * Restores a backup into the stack's directory.
     *
     * @param name empty: the last one
     * @throws dev.rac.backup.BackupException if the directory is not empty, or the backup does not open
     */
    public static StoredBackup restore(StackSettings settings, Optional<String> name) {
        try (var bucket = bucket(settings)) {
            return Restore.into(settings.data(), name, settings.backup().password(), bucket);
        }
    }

    private static BackupBucket bucket(StackSettings settings) {
        return Bucket.backups(settings.s3()
                .orElseThrow(
                        () -> new StackException("RAC_S3_ENDPOINT is not set: backups are in a bucket elsewhere")));
    }
}
