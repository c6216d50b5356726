package dev.rac.edgeproxy.wake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The requests that wait for one app, first come first. Not thread-safe, but for the count shared by all. */
final class Queue {
    private record Held(Waiter waiter, long sinceNanos) {}

    private final ArrayDeque<Held> held = new ArrayDeque<>(0);
    private final WaitLimits limits;
    private final AtomicInteger heldByAll;

    /**
     * Makes an empty queue.
     *
     * @param heldByAll how many requests wait for all apps together
     */
    Queue(WaitLimits limits, AtomicInteger heldByAll) {
        this.limits = limits;
        this.heldByAll = heldByAll;
    }

    /** Adds a waiter at the end, unless as many wait as may. */
    boolean offer(Waiter waiter, long nowNanos) {
        if (held.size() >= limits.perApp()) {
            return false;
        }
        if (heldByAll.incrementAndGet() > limits.overall()) {
            heldByAll.decrementAndGet();
            return false;
        }
        held.add(new Held(waiter, nowNanos));
        return true;
    }

    /** Takes a waiter out; returns whether it was there. */
    boolean remove(Waiter waiter) {
        boolean removed = held.removeIf(one -> one.waiter().equals(waiter));
        if (removed) {
            heldByAll.decrementAndGet();
        }
        return removed;
    }

    /** Takes out the first; null if nobody waits. */
    @Nullable
    Waiter poll() {
        Held first = held.poll();
        if (first == null) {
            return null;
        }
        heldByAll.decrementAndGet();
        return first.waiter();
    }

    /** Takes out all, in their order. */
    List<Waiter> drain() {
        List<Waiter> all = held.stream().map(Held::waiter).toList();
        heldByAll.addAndGet(-held.size());
        held.clear();
        return all;
    }

    /** Takes out those that have waited too long. */
    List<Waiter> expired(long nowNanos) {
        var expired = new ArrayList<Waiter>();
        while (!held.isEmpty()
                && nowNanos - held.peek().sinceNanos() >= limits.deadline().toNanos()) {
            expired.add(held.remove().waiter());
            heldByAll.decrementAndGet();
        }
        return expired;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    int size() {
        return held.size();
    }
}
