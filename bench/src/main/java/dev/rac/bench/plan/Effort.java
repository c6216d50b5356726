package dev.rac.bench.plan;

import java.time.Duration;

/**
 * How much is measured: what is enough for figures, or what shows that measuring works.
 *
 * @param rounds how often each point is measured, in turn with all others
 * @param warmUp how long each point runs before the first round, so that all code is compiled
 * @param capacity how long a server gets as many requests as it answers
 * @param rate how long it gets requests at a fixed rate
 * @param slower how many times as long what answers a few times a second is measured
 * @param profile how long a profile takes
 * @param claims in the large database
 * @param users in the large database
 */
public record Effort(
        int rounds,
        Duration warmUp,
        Duration capacity,
        Duration rate,
        int slower,
        Duration profile,
        int claims,
        int users) {
    /** For figures. */
    public static final Effort FULL = new Effort(
            3,
            Duration.ofSeconds(3),
            Duration.ofMillis(500),
            Duration.ofMillis(800),
            2,
            Duration.ofSeconds(3),
            1_000_000,
            100_000);

    /** For trying the benchmark itself: the code under test is not even compiled then. */
    public static final Effort QUICK = new Effort(
            1,
            Duration.ofMillis(300),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            4,
            Duration.ofSeconds(1),
            50_000,
            5_000);
}
