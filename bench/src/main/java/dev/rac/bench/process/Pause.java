package dev.rac.bench.process;

import java.time.Duration;

/** Waits where there is nothing to wait for but time. */
public final class Pause {
    private Pause() {}

    /**
     * Waits.
     *
     * @throws ProcessException if this thread is to end
     */
    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted");
        }
    }
}
