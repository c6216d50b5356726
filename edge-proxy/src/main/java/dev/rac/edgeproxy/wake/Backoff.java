package dev.rac.edgeproxy.wake;

import java.time.Duration;

/** How long an app that fails is not started again. Pure. */
final class Backoff {
    /** An app that has been awake for so long is thought to be well: its earlier failures are forgotten. */
    static final Duration STABLE = Duration.ofSeconds(60);

    private static final long FIRST_SECONDS = 1;
    private static final long LONGEST_SECONDS = 60;

    private Backoff() {}

    /**
     * The pause after so many failed starts: 1 s, doubled by each further one, 60 s at most.
     *
     * @param failures since the last success; of 0 or less there is no pause
     */
    static Duration after(int failures) {
        if (failures <= 0) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - 1, 6);
        return Duration.ofSeconds(Math.min(FIRST_SECONDS << doublings, LONGEST_SECONDS));
    }
}
