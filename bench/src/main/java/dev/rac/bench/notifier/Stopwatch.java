package dev.rac.bench.notifier;

import java.time.Duration;

/** Times what is called once at a time. */
final class Stopwatch {
    private final long began = System.nanoTime();

    /** The time of a call, in milliseconds. */
    static double millis(Runnable call) {
        var watch = new Stopwatch();
        call.run();
        return watch.millis();
    }

    /** Since it was made. */
    double millis() {
        return (System.nanoTime() - began) / 1e6;
    }

    boolean isOver(Duration limit) {
        return millis() > limit.toMillis();
    }
}
