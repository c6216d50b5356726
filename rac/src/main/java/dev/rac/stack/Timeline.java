package dev.rac.stack;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;

/** Prints each step of the start with the time that it took. Thread-safe. */
public final class Timeline {
    private final PrintStream out;
    private final InstantSource clock;

    public Timeline(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Takes a step, then prints its name and its time; prints nothing when it throws. */
    public <T> T step(String name, Supplier<T> step) {
        var from = clock.instant();
        T result = step.get();
        out.println(line(name, Duration.between(from, clock.instant())));
        return result;
    }

    /** Takes a step that gives nothing. */
    public void step(String name, Runnable step) {
        step(name, () -> {
            step.run();
            return true;
        });
    }

    static String line(String name, Duration took) {
        return String.format(Locale.ROOT, "%7.2f s  %s", took.toMillis() / 1000.0, name);
    }
}
