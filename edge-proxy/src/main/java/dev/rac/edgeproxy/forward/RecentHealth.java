package dev.rac.edgeproxy.forward;

import dev.rac.service.health.Health;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Which checks fail, asked at most once a second however many strangers ask. Thread-safe. */
final class RecentHealth {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Health health;
    private Set<String> failures = Set.of();
    private long askedNanos = System.nanoTime() - FRESH.toNanos();

    RecentHealth(Health health) {
        this.health = health;
    }

    /** The names of the failed checks, in their order. */
    synchronized Set<String> failures() {
        if (System.nanoTime() - askedNanos >= FRESH.toNanos()) {
            failures = new TreeSet<>(health.failures().keySet());
            askedNanos = System.nanoTime();
        }
        return failures;
    }
}
