package dev.rac.edgeproxy.forward;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests are in flight through the front door. Thread-safe. */
final class Activity {
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean closing;

    void begin() {
        inFlight.incrementAndGet();
    }

    void end() {
        if (inFlight.decrementAndGet() == 0 && closing) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    int inFlight() {
        return inFlight.get();
    }

    boolean isClosing() {
        return closing;
    }

    /** Has new requests refused, and waits until those in flight have ended, or for so long. */
    synchronized void close(Duration patience) {
        closing = true;
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        try {
            while (inFlight.get() > 0) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
                if (leftMillis <= 0) {
                    return;
                }
                wait(leftMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
