package dev.rac.bench.load;

import java.util.concurrent.locks.LockSupport;

/** Waits for a time as {@link System#nanoTime} tells it. */
final class Wait {
    private Wait() {}

    static void until(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
