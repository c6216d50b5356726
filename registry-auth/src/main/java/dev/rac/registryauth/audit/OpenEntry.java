package dev.rac.registryauth.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** An entry that counts equal events for a minute. Thread-safe, without locks. */
final class OpenEntry {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final String id;
    private final AuditEvent event;
    private final Instant firstAt;
    // Negative once it is closed.
    private final AtomicLong count = new AtomicLong(1);
    private volatile Instant lastAt;

    OpenEntry(String id, AuditEvent event, Instant firstAt) {
        this.id = id;
        this.event = event;
        this.firstAt = firstAt;
        this.lastAt = firstAt;
    }

    AuditEvent event() {
        return event;
    }

    /** Whether no more is counted at a time. */
    boolean over(Instant now) {
        return !now.isBefore(firstAt.plus(WINDOW));
    }

    /** Counts one more; false if the minute is over, or the entry is closed. */
    boolean add(Instant now) {
        if (over(now)) {
            return false;
        }
        boolean added = count.getAndUpdate(seen -> seen > 0 ? seen + 1 : seen) > 0;
        if (added) {
            lastAt = now;
        }
        return added;
    }

    /** Counts no more from now on. */
    void close() {
        count.updateAndGet(seen -> -Math.abs(seen));
    }

    AuditEntry snapshot() {
        return new AuditEntry(
                id,
                firstAt,
                lastAt,
                Math.abs(count.get()),
                event.actor(),
                event.action(),
                event.resource(),
                event.source(),
                event.allowed(),
                event.detail());
    }
}
