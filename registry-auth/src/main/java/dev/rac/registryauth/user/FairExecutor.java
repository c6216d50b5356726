package dev.rac.registryauth.user;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does work on a few platform threads, for each source in turn, however much one of them brings. Thread-safe.
 *
 * <p>So many may wait. When that is reached, the source with the most gives up its last for one that has fewer: what it
 * gave up ends with a {@link PasswordsBusyException}.
 */
final class FairExecutor implements AutoCloseable {
    private final int maxWaiting;
    // In the order of turns; no queue is empty.
    private final Map<Source, Deque<Work<?>>> queues = new LinkedHashMap<>();
    private int waiting;
    private boolean closed;

    private record Work<T>(Supplier<T> task, CompletableFuture<T> result) {
        void run() {
            try {
                result.complete(task.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        }
    }

    FairExecutor(String name, int threads, int maxWaiting) {
        this.maxWaiting = maxWaiting;
        Thread.Builder builder = Thread.ofPlatform().name(name + "-", 0).daemon();
        for (int i = 0; i < threads; i++) {
            builder.start(this::run);
        }
    }

    /**
     * Does the work when it is its turn.
     *
     * @return what it gives; a {@link PasswordsBusyException} if it was given up
     * @throws PasswordsBusyException if too much waits
     */
    <T> CompletableFuture<T> submit(Source source, Supplier<T> task) {
        var work = new Work<>(task, new CompletableFuture<>());
        Work<?> givenUp = null;
        synchronized (this) {
            if (closed) {
                throw new PasswordsBusyException();
            }
            if (waiting == maxWaiting) {
                givenUp = giveUpFor(source);
            }
            queues.computeIfAbsent(source, first -> new ArrayDeque<>()).add(work);
            waiting++;
            notify();
        }
        if (givenUp != null) {
            givenUp.result().completeExceptionally(new PasswordsBusyException());
        }
        return work.result();
    }

    /** How much waits. */
    synchronized int waiting() {
        return waiting;
    }

    /** Takes no more; what waits is still done, so that nobody waits for it for ever. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private Work<?> giveUpFor(Source source) {
        Deque<Work<?>> mine = queues.get(source);
        Deque<Work<?>> longest = queues.values().stream()
                .max(Comparator.comparingInt(Deque::size))
                .orElseThrow();
        if (longest.size() <= (mine == null ? 1 : mine.size() + 1)) {
            throw new PasswordsBusyException();
        }
        waiting--;
        return longest.removeLast();
    }

    private void run() {
        // It takes long anyhow, and what takes a millisecond should not wait for it.
        Niceness.giveWay();
        for (Work<?> work = take(); work != null; work = take()) {
            work.run();
        }
    }

    private synchronized @Nullable Work<?> take() {
        while (waiting == 0) {
            if (closed) {
                return null;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody has this thread but this class, which does not.
                Thread.currentThread().interrupt();
                return null;
            }
        }
        Iterator<Map.Entry<Source, Deque<Work<?>>>> turns = queues.entrySet().iterator();
        Map.Entry<Source, Deque<Work<?>>> turn = turns.next();
        turns.remove();
        Deque<Work<?>> queue = turn.getValue();
        Work<?> work = queue.remove();
        if (!queue.isEmpty()) {
            queues.put(turn.getKey(), queue);
        }
        waiting--;
        return work;
    }
}
