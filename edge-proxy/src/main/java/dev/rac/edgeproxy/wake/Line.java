package dev.rac.edgeproxy.wake;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The requests before one app's gate, and those behind it: who comes passes while the gate is open and there is a place,
 * and nobody waits for one; all others wait in their order. {@link #tryEnter}, {@link #leave}, {@link #hasWaiters} and
 * {@link #inFlight} are for any thread, the rest is for one at a time.
 */
final class Line {
    private final Admission admission = new Admission();
    private final Queue queue;

    /**
     * Makes an empty line before a closed gate.
     *
     * @param heldByAll how many requests wait for all apps together
     */
    Line(WaitLimits limits, AtomicInteger heldByAll) {
        queue = new Queue(limits, heldByAll);
    }

    boolean tryEnter() {
        return admission.tryEnter();
    }

    /** Counts one that has ended; returns whether it was the last. Whoever waits for its place is {@link #next}. */
    boolean leave() {
        return admission.leave();
    }

    int inFlight() {
        return admission.inFlight();
    }

    boolean hasWaiters() {
        return admission.isQueued();
    }

    /** Has a request wait, unless as many wait as may. */
    boolean offer(Waiter waiter, long nowNanos) {
        boolean taken = queue.offer(waiter, nowNanos);
        tell();
        return taken;
    }

    /** Lets the first of those that wait pass; null if nobody waits, or it may not. */
    @Nullable
    Waiter next() {
        if (queue.isEmpty() || !admission.tryEnterFirst()) {
            return null;
        }
        Waiter first = queue.poll();
        tell();
        return first;
    }

    /** Takes a waiter out; does nothing if it does not wait. */
    void remove(Waiter waiter) {
        queue.remove(waiter);
        tell();
    }

    /** Takes out all that wait, in their order. */
    List<Waiter> drain() {
        List<Waiter> all = queue.drain();
        tell();
        return all;
    }

    /** Takes out those that have waited too long. */
    List<Waiter> expired(long nowNanos) {
        List<Waiter> expired = queue.expired(nowNanos);
        tell();
        return expired;
    }

    int waiting() {
        return queue.size();
    }

    /** Opens the gate for so many at once. */
    void open(int places) {
        admission.places(places);
        admission.open();
    }

    void close() {
        admission.close();
    }

    /** Closes the gate if nothing is in flight; returns whether nothing was. */
    boolean closeIfIdle() {
        return admission.closeIfIdle();
    }

    private void tell() {
        admission.queued(!queue.isEmpty());
    }
}
