package dev.rac.notifier.log;

import dev.rac.targets.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** An app's lines, of all its runs: on the disk, and the last ones for those who follow. Thread-safe. */
public final class Journal {
    // For readers that are a little slower than the app: who is behind by more misses lines, and is told so.
    private static final int RECENT = 1000;
    private static final int RECENT_CHARACTERS = 1 << 18;

    private final LogFiles files;
    private final Lock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<LogLine> recent = new ArrayDeque<>();
    private int recentCharacters;
    private long count;
    private boolean closed;

    Journal(LogFiles files) {
        this.files = files;
    }

    /**
     * Lines, and where to go on after them.
     *
     * @param missed lines before them that are not there any more
     * @param position counts all lines since the journal was opened
     */
    public record Part(long missed, List<LogLine> lines, long position) {
        public Part {
            lines = List.copyOf(lines);
        }
    }

    /** The last lines that are kept, the oldest first. */
    public Part last(int lines) {
        lock.lock();
        try {
            return new Part(0, files.last(lines), count);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for lines after a position.
     *
     * @return without lines if there are none for so long, or none will come
     */
    public Part after(long position, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (count == position && !closed && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            int there = (int) Math.min(recent.size(), count - position);
            List<LogLine> all = new ArrayList<>(recent);
            return new Part(count - position - there, all.subList(all.size() - there, all.size()), count);
        } finally {
            lock.unlock();
        }
    }

    /** When the last line was written. */
    Optional<Instant> lastAt() {
        return last(1).lines().stream().map(LogLine::at).findFirst();
    }

    void append(LogLine line) {
        lock.lock();
        try {
            files.append(line);
            count++;
            recent.add(line);
            recentCharacters += line.text().length();
            while (recent.size() > RECENT || (recentCharacters > RECENT_CHARACTERS && recent.size() > 1)) {
                recentCharacters -= recent.removeFirst().text().length();
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Removes what is kept. */
    void delete() {
        lock.lock();
        try {
            files.delete();
            recent.clear();
            recentCharacters = 0;
        } finally {
            lock.unlock();
        }
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
