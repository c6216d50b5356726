package dev.rac.bench.stack;

import java.time.Duration;

/** Times what is called once at a time. */
public final class Stopwatch {
    private final long began = System.nanoTime();

    /** The time of a call, in milliseconds. */
    public static double millis(Runnable call) {
        var watch = new Stopwatch();
        call.run();
        return watch.millis();
    }

    /** Since it was made. */
    public double millis() {
        return (System.nanoTime() - began) / 1e6;
    }

    public boolean isOver(Duration limit) {
        return millis() > limit.toMillis();
    }
}
