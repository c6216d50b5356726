package dev.rac.backup;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a backup whenever the last one in the bucket has grown old, on a thread of its own. */
public final class BackupSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);
    // After a failure; not later than the next one is due anyhow.
    private static final Duration RETRY_AFTER = Duration.ofMinutes(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("backup").daemon().unstarted(task));
    private final Backups backups;
    private final BackupBucket bucket;
    private final Duration every;
    private final Clock clock;

    private BackupSchedule(Backups backups, BackupBucket bucket, Duration every, Clock clock) {
        this.backups = backups;
        this.bucket = bucket;
        this.every = every;
        this.clock = clock;
    }

    /**
     * Starts taking backups.
     *
     * @param data the stack's directory
     * @param databases copy themselves into a new zip file, by service; false where that has backups of its own
     * @param bucket is closed with this
     */
    public static BackupSchedule start(
            Path data,
            Map<String, Predicate<Path>> databases,
            BackupSettings settings,
            Duration every,
            BackupBucket bucket,
            Clock clock) {
        var backups = new Backups(data, databases, settings.password(), bucket, clock, new SecureRandom());
        var schedule = new BackupSchedule(backups, bucket, every, clock);
        schedule.after(Duration.ZERO);
        return schedule;
    }

    private void after(Duration pause) {
        if (!executor.isShutdown()) {
            var _ = executor.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        Duration pause;
        try {
            pause = untilDue();
            if (!pause.isPositive()) {
                StoredBackup taken = backups.take();
                LOG.info("took the backup {} of {} bytes", taken.name(), taken.sizeBytes());
                pause = every;
            }
        } catch (RuntimeException e) {
            pause = RETRY_AFTER.compareTo(every) < 0 ? RETRY_AFTER : every;
            LOG.error("no backup was taken; the next attempt is in {}", pause, e);
        }
        after(pause);
    }

    private Duration untilDue() {
        Instant now = clock.instant();
        return backups.last()
                .map(last -> Duration.between(now, last.plus(every)))
                .orElse(Duration.ZERO);
    }

    /** Ends it; a backup that is being taken is given up. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a backup that is being taken does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bucket.close();
    }
}
