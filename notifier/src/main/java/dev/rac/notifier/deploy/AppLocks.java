package dev.rac.notifier.deploy;

import dev.rac.targets.AppName;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** One lock per app: whoever changes an app holds its. Thread-safe. */
public final class AppLocks {
    private final Map<AppName, Entry> entries = new HashMap<>();

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** Ends the hold of a lock when closed, by the thread that took it. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the lock of an app, and takes it. */
    public Held take(AppName name) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(name, key -> new Entry());
            entry.users++;
        }
        entry.lock.lock();
        return () -> release(name, entry);
    }

    private void release(AppName name, Entry entry) {
        entry.lock.unlock();
        synchronized (entries) {
            if (--entry.users == 0) {
                entries.remove(name);
            }
        }
    }
}
