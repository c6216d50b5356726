package dev.rac.registryauth.audit;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes events and folds equal ones. Thread-safe; an event like one of the last minute takes no lock, and none waits
 * for the writer.
 *
 * <p>New entries that wait to be written are bounded. What strangers can cause without end is given a budget first, so
 * that it neither fills the disk nor pushes out what was changed: beyond it, events of one source are counted together.
 */
final class Intake {
    static final int MAX_WAITING = 10_000;
    // The rest is kept free for changes.
    private static final int MAX_WAITING_OF_OTHERS = 8_000;

    private final Clock clock;
    // Tells the entries of several instances apart.
    private final String suffix;
    private final AtomicInteger sequence = new AtomicInteger();
    private final Map<AuditEvent, OpenEntry> open = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<OpenEntry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private final Budgets budgets = new Budgets();

    Intake(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.suffix = "%08x".formatted(random.nextInt());
    }

    void add(AuditEvent event) {
        Instant now = clock.instant();
        OpenEntry same = open.get(event);
        if (same != null && same.add(now)) {
            return;
        }
        boolean change = event.kind() == AuditEvent.Kind.CHANGE;
        fold(change || budgets.take(event.kind(), event.source()) ? event : event.summary(), now, change);
    }

    private void fold(AuditEvent event, Instant now, boolean change) {
        open.compute(event, (key, same) -> {
            if (same != null && same.add(now)) {
                return same;
            }
            if (waitingCount.get() >= (change ? MAX_WAITING : MAX_WAITING_OF_OTHERS)) {
                dropped.increment();
                return same;
            }
            var entry = new OpenEntry(id(now), event, now);
            waitingCount.incrementAndGet();
            waiting.add(entry);
            return entry;
        });
    }

    /** Renews the budgets; called once a second. */
    void renewBudgets() {
        budgets.renew();
    }

    /** Moves what waits to {@code entries}, where it counts as waiting until it is {@link #written}. */
    void drainTo(Collection<OpenEntry> entries) {
        for (OpenEntry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            entries.add(entry);
        }
    }

    void written(int entries) {
        waitingCount.addAndGet(-entries);
    }

    /** Counts nothing more on an entry. */
    void close(OpenEntry entry) {
        open.remove(entry.event(), entry);
        entry.close();
    }

    int waiting() {
        return waitingCount.get();
    }

    long dropped() {
        return dropped.sum();
    }

    private String id(Instant now) {
        return EntryId.of(now) + "%04x".formatted(sequence.getAndIncrement() & 0xffff) + suffix;
    }
}
