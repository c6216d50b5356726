package dev.rac.registryauth.login;

import java.time.Duration;

/**
 * How soon another password for a user is tried from one place. Pure.
 *
 * @param free so many different passwords are tried without delay
 * @param firstDelay before the next one; it doubles with each that follows
 * @param limit after so many, none is tried until the window is over
 * @param window from the first of them
 */
record Throttle(int free, Duration firstDelay, int limit, Duration window) {
    static final Throttle DEFAULT = new Throttle(5, Duration.ofMillis(250), 10, Duration.ofMinutes(15));

    /** When a password is tried. */
    sealed interface Decision {
        /** After a delay, which may be zero. */
        record After(Duration delay) implements Decision {}

        /** Not before this is over. */
        record Refused(Duration retryAfter) implements Decision {}
    }

    /**
     * Decides on one more password.
     *
     * @param others how many others were tried in the window
     * @param sinceFirst how long ago the first of them was, less than the window
     */
    Decision decide(int others, Duration sinceFirst) {
        if (others >= limit) {
            return new Decision.Refused(window.minus(sinceFirst));
        }
        return new Decision.After(
                others < free ? Duration.ZERO : firstDelay.multipliedBy(1L << Math.min(others - free, 30)));
    }
}
