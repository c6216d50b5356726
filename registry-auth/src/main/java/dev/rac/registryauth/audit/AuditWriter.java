package dev.rac.registryauth.audit;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the {@link Intake} took: an entry at once, and once more when its minute is over and it counted more. Not
 * thread-safe.
 */
final class AuditWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final int BATCH = 500;
    // More entries than these count for less than a minute.
    static final int MAX_OPEN = 20_000;
    private static final Duration COMPLAIN_EVERY = Duration.ofMinutes(1);
    private static final Duration CLEAN_EVERY = Duration.ofHours(1);

    private final Intake intake;
    private final AuditTable table;
    private final AuditFile file;
    private final Duration retention;
    private final Clock clock;

    private final Deque<OpenEntry> unwritten = new ArrayDeque<>();
    private final Deque<Written> open = new ArrayDeque<>();
    private final Deque<AuditEntry> grown = new ArrayDeque<>();
    private int inFile;
    private long droppedBefore;
    private Instant complained = Instant.MIN;
    private Instant cleanAt = Instant.MIN;

    AuditWriter(Intake intake, AuditTable table, AuditFile file, Duration retention, Clock clock) {
        this.intake = intake;
        this.table = table;
        this.file = file;
        this.retention = retention;
        this.clock = clock;
    }

    /** An entry as it was written first. */
    private record Written(OpenEntry entry, long count) {}

    /** Writes what there is. What the database does not take now is kept for the next time. */
    void write() {
        intake.drainTo(unwritten);
        writeToFile();
        try {
            insert();
            closeUntil(clock.instant(), MAX_OPEN);
            update();
        } catch (JdbiException e) {
            complain("the audit log cannot be written to the database, and is kept in memory: {}", e.getMessage());
        }
        long dropped = intake.dropped();
        if (dropped > droppedBefore && complain("{} events of the audit log were dropped", dropped - droppedBefore)) {
            droppedBefore = dropped;
        }
    }

    /** Writes all there is to write of what was taken so far. */
    void finish() {
        write();
        closeUntil(Instant.MAX, 0);
        try {
            update();
        } catch (JdbiException e) {
            LOG.warn("the end of the audit log could not be written to the database: {}", e.getMessage());
        }
    }

    /** Deletes a batch of what is older than the retention, if it is time to. */
    void clean() {
        Instant now = clock.instant();
        if (now.isBefore(cleanAt)) {
            return;
        }
        try {
            if (table.deleteBefore(now.minus(retention), BATCH) < BATCH) {
                cleanAt = now.plus(CLEAN_EVERY);
            }
        } catch (JdbiException e) {
            cleanAt = now.plus(COMPLAIN_EVERY);
            complain("old entries of the audit log cannot be deleted: {}", e.getMessage());
        }
    }

    private void writeToFile() {
        List<AuditEntry> fresh =
                unwritten.stream().skip(inFile).map(OpenEntry::snapshot).toList();
        inFile = unwritten.size();
        append(fresh);
    }

    private void append(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            file.append(entries);
        } catch (UncheckedIOException e) {
            complain("the audit log's file cannot be written: {}", e.getMessage());
        }
    }

    private void insert() {
        while (!unwritten.isEmpty()) {
            List<Written> batch = new ArrayList<>();
            List<AuditEntry> rows = new ArrayList<>();
            unwritten.stream().limit(BATCH).forEach(entry -> {
                AuditEntry row = entry.snapshot();
                rows.add(row);
                batch.add(new Written(entry, row.count()));
            });
            table.insert(rows);
            batch.forEach(written -> unwritten.removeFirst());
            inFile -= batch.size();
            open.addAll(batch);
            intake.written(batch.size());
        }
    }

    private void closeUntil(Instant now, int kept) {
        List<AuditEntry> more = new ArrayList<>();
        for (Written first = open.peekFirst();
                first != null && (first.entry().over(now) || open.size() > kept);
                first = open.peekFirst()) {
            open.removeFirst();
            intake.close(first.entry());
            AuditEntry last = first.entry().snapshot();
            if (last.count() > first.count()) {
                more.add(last);
            }
        }
        append(more);
        grown.addAll(more);
    }

    private void update() {
        while (!grown.isEmpty()) {
            List<AuditEntry> batch = grown.stream().limit(BATCH).toList();
            table.update(batch);
            batch.forEach(entry -> grown.removeFirst());
        }
    }

    private boolean complain(String message, @Nullable Object cause) {
        Instant now = clock.instant();
        if (!complained.equals(Instant.MIN) && now.isBefore(complained.plus(COMPLAIN_EVERY))) {
            return false;
        }
        complained = now;
        LOG.warn(message, cause);
        return true;
    }
}
