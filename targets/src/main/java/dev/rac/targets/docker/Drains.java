package dev.rac.targets.docker;

import dev.rac.targets.TargetException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops containers that were replaced, once their last requests have had their time, and removes them. Whatever the
 * engine says, each is tried until it is gone. Thread-safe.
 */
final class Drains implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drains.class);
    // Ten seconds for a process to end, and a busy engine's delay.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Replacement replacement;
    private final Duration timeout;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    Drains(Replacement replacement, Duration timeout) {
        this.replacement = replacement;
        this.timeout = timeout;
    }

    /** Begins with a container that may have requests left; the second call for one does nothing. */
    void begin(String id) {
        begin(id, timeout);
    }

    /** Begins with a container that is to be stopped at once. */
    void stop(String id) {
        begin(id, Duration.ZERO);
    }

    private void begin(String id, Duration delay) {
        threads.computeIfAbsent(
                id, absent -> Thread.ofVirtual().name("drain-" + id).start(() -> drain(id, delay)));
    }

    private void drain(String id, Duration delay) {
        try {
            boolean last = closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            while (!isDiscarded(id) && !last) {
                last = closed.await(RETRY.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.remove(id);
        }
    }

    private boolean isDiscarded(String id) {
        try {
            replacement.discard(id);
            return true;
        } catch (TargetException e) {
            // Whoever connects after this process finds it, and begins anew.
            LOG.warn("a replaced container was not removed: {}", e.getMessage());
            return false;
        }
    }

    /** Stops at once what still has time. */
    @Override
    public void close() {
        closed.countDown();
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            for (Thread thread : threads.values()) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
