package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.TargetException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets changes to one app happen one after another, and those to different apps side by side. Thread-safe. */
final class AppLocks {
    // One small object for each name ever used; names are bounded by what was ever pushed.
    private final ConcurrentMap<AppName, Lock> locks = new ConcurrentHashMap<>();

    /**
     * Does the action while no other change of the app is under way.
     *
     * @throws TargetException if interrupted while waiting for its turn
     */
    <T> T locked(AppName app, Supplier<T> action) {
        Lock lock = locks.computeIfAbsent(app, name -> new ReentrantLock(true));
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while waiting for another change of " + app, e);
        }
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
