package dev.rac.registryauth.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes when and from where secrets were last used: beside the requests, and once a minute for each at most.
 * Thread-safe.
 */
public final class LastUses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);
    private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_WAITING = 1000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Cache<String, Instant> written =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("last-uses").daemon().factory());

    /** Starts the thread that writes. */
    public LastUses(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The tables whose rows have an id and a last use. */
    public enum Table {
        ACCESS_TOKENS("auth_access_tokens"),
        REFRESH_TOKENS("auth_refresh_tokens");

        private final String sqlName;

        Table(String sqlName) {
            this.sqlName = sqlName;
        }
    }

    /** Takes note that a secret was used. */
    public void record(Table table, String id, String source) {
        String key = table + id;
        Instant now = clock.instant();
        Instant last = written.getIfPresent(key);
        if (last != null && now.isBefore(last.plus(BETWEEN_WRITES))) {
            return;
        }
        written.put(key, now);
        try {
            writer.execute(() -> write(table, id, source, now));
        } catch (RejectedExecutionException e) {
            // The database is slow: the next use is written instead.
            written.invalidate(key);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn(
                        "the last uses of {} secrets could not be written",
                        writer.getQueue().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Table table, String id, String source, Instant now) {
        try {
            jdbi.useHandle(handle -> handle.createUpdate("update " + table.sqlName
                            + " set last_used_at = :now, last_used_from = :source where id = :id"
                            // Another process may have written a moment ago.
                            + " and (last_used_at is null or last_used_at <= :before)")
                    .bind("now", now)
                    .bind("source", source)
                    .bind("id", id)
                    .bind("before", now.minus(BETWEEN_WRITES))
                    .execute());
        } catch (JdbiException e) {
            LOG.warn("a last use could not be written: {}", e.getMessage());
        }
    }
}
