package dev.rac.targets.kubernetes;

import java.time.Duration;

/** A point in time that no change of the wall clock moves. */
final class Deadline {
    private final long startNanos = System.nanoTime();
    private final Duration timeout;

    private Deadline(Duration timeout) {
        this.timeout = timeout;
    }

    static Deadline in(Duration timeout) {
        return new Deadline(timeout);
    }

    /** How long is left; zero or less when it has passed. */
    Duration left() {
        return timeout.minus(passed());
    }

    /** How long ago it was set. */
    Duration passed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
