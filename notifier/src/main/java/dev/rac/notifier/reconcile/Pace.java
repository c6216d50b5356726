package dev.rac.notifier.reconcile;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How fast the reconciler goes, and that it ends. For one thread; {@link #end} may come from any. */
final class Pace {
    private final long pauseNanos;
    private final CountDownLatch ended = new CountDownLatch(1);
    private long nextNanos = System.nanoTime();

    /** Requests go out one after another, at most so many a second. */
    Pace(int requestsPerSecond) {
        pauseNanos = TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
    }

    /**
     * Waits until the next request may go out.
     *
     * @throws InterruptedException if the reconciler ends
     */
    void next() throws InterruptedException {
        long now = System.nanoTime();
        pause(Duration.ofNanos(Math.max(0, nextNanos - now)));
        nextNanos = Math.max(now, nextNanos) + pauseNanos;
    }

    /**
     * Waits.
     *
     * @throws InterruptedException if the reconciler ends
     */
    void pause(Duration pause) throws InterruptedException {
        if (ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the reconciler ends");
        }
    }

    /** Ends all waiting, now and later. */
    void end() {
        ended.countDown();
    }
}
