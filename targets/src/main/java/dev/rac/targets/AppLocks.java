package dev.rac.targets;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One lock per app: changes of one app happen one after another, in the order in which they were asked for, and those of
 * different apps side by side. Thread-safe.
 */
public final class AppLocks {
    private final Map<AppName, Entry> entries = new HashMap<>();

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }

    /** Ends the hold of a lock when closed, by the thread that took it. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for the lock of an app, and takes it.
     *
     * @throws TargetException if interrupted while waiting
     */
    public Held take(AppName app) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(app, name -> new Entry());
            entry.users++;
        }
        try {
            entry.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            leave(app, entry);
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while waiting for another change of " + app, e);
        }
        return () -> {
            entry.lock.unlock();
            leave(app, entry);
        };
    }

    /**
     * Does the action while no other change of the app is under way.
     *
     * @throws TargetException if interrupted while waiting
     */
    public <T> T locked(AppName app, Supplier<T> action) {
        try (var _ = take(app)) {
            return action.get();
        }
    }

    /**
     * Does the action while no other change of the app is under way.
     *
     * @throws TargetException if interrupted while waiting
     */
    public void locked(AppName app, Runnable action) {
        try (var _ = take(app)) {
            action.run();
        }
    }

    private void leave(AppName app, Entry entry) {
        synchronized (entries) {
            if (--entry.users == 0) {
                entries.remove(app);
            }
        }
    }
}
