package dev.rac.bench.plan;

import java.io.PrintStream;
import java.time.Duration;

/** Tells what goes on, with the time since the beginning. */
public final class Progress {
    private final PrintStream out;
    private final long began = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Tells what begins now. */
    public void now(String what) {
        out.printf("%7.2f s  %s%n", taken().toNanos() / 1e9, what);
    }

    public Duration taken() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
