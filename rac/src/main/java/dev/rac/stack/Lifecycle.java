package dev.rac.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, ended in reverse order. Ending may come at any moment of the start, from another thread: what is
 * started after that is ended at once. Thread-safe.
 */
public final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;

    /**
     * Notes something as started.
     *
     * @throws StackException if everything has been ended meanwhile; the part given is ended too
     */
    public <T extends AutoCloseable> T started(T part) {
        synchronized (this) {
            if (!closed) {
                started.push(part);
                return part;
            }
        }
        end(part);
        throw new StackException("ended while starting");
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        AutoCloseable part = next();
        while (part != null) {
            end(part);
            part = next();
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        return started.poll();
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // The other parts still have to be ended.
            LOG.warn("{} did not end cleanly", part.getClass().getSimpleName(), e);
        }
    }
}
