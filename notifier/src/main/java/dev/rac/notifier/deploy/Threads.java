package dev.rac.notifier.deploy;

import java.time.Duration;
import java.util.Collection;

/** Threads that end together. */
public final class Threads {
    private Threads() {}

    /** Waits until all of them have ended, but no longer than {@code timeout}. */
    public static void join(Collection<Thread> threads, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
