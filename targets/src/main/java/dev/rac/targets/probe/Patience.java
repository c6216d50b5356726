package dev.rac.targets.probe;

import java.time.Duration;

/**
 * How long a starting app is given, probe by probe: a fast one is asked every few milliseconds, a slow one less and
 * less often, and a far one is given time to answer. Pure.
 */
public final class Patience {
    private static final double PAUSE_GROWTH = 1.2;
    private static final double TIMEOUT_GROWTH = 1.5;

    private Patience() {}

    /** The pause after the probe of that number, counted from 0: 2 ms, growing to 100 ms. */
    public static Duration pause(int probe) {
        return grown(Duration.ofMillis(2), PAUSE_GROWTH, probe, Duration.ofMillis(100));
    }

    /** How long the probe of that number waits for a connection: 200 ms, growing to 2 s. */
    public static Duration connectTimeout(int probe) {
        return grown(Duration.ofMillis(200), TIMEOUT_GROWTH, probe, Duration.ofSeconds(2));
    }

    /** How long the probe of that number waits for an HTTP answer: 500 ms, growing to 10 s. */
    public static Duration answerTimeout(int probe) {
        return grown(Duration.ofMillis(500), TIMEOUT_GROWTH, probe, Duration.ofSeconds(10));
    }

    private static Duration grown(Duration first, double growth, int probe, Duration longest) {
        double millis = (double) first.toMillis() * Math.pow(growth, probe);
        return Duration.ofMillis((long) Math.min(millis, (double) longest.toMillis()));
    }
}
