package dev.rac.notifier.deploy;

import java.time.Duration;

/**
 * The pauses between attempts, each twice as long as the one before.
 *
 * @param first after the first attempt
 * @param longest at most
 */
public record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 30;

    /** The pause after so many attempts, 1 or more. */
    public Duration after(int attempts) {
        Duration pause = first.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
