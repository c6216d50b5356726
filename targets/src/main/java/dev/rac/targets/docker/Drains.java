package dev.rac.targets.docker;

import dev.rac.targets.TargetException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops containers that were replaced, once their last requests have had their time. Thread-safe. */
final class Drains implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drains.class);
    // Ten seconds for a process to end, and a busy engine's delay.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final Replacement replacement;
    private final Duration timeout;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    Drains(Replacement replacement, Duration timeout) {
        this.replacement = replacement;
        this.timeout = timeout;
    }

    /** Begins with a container; the second call for one does nothing. */
    void begin(String id) {
        threads.computeIfAbsent(
                id, absent -> Thread.ofVirtual().name("drain-" + id).start(() -> drain(id)));
    }

    private void drain(String id) {
        try {
            closed.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
            replacement.discard(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TargetException e) {
            // Whoever connects next finds it, and begins anew.
            LOG.warn("a replaced container was not removed: {}", e.getMessage());
        } finally {
            threads.remove(id);
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
