package dev.rac.edgeproxy.wake;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests in flight and says whether another may pass, in one atomic number, so that the decision to stop
 * and the admission of a request exclude each other. Thread-safe, without locks.
 */
final class Admission {
    /** Set while no request may pass; the bits below count, but for one. */
    private static final int CLOSED = Integer.MIN_VALUE;

    /** Set while requests wait for others to end: who comes must not pass before them. */
    private static final int QUEUED = 1 << 30;

    private static final int COUNT = QUEUED - 1;

    private final AtomicInteger state = new AtomicInteger(CLOSED);
    private volatile int places = COUNT;

    /** How many may be in flight at once; those that are stay. */
    void places(int most) {
        places = Math.min(most, COUNT);
    }

    /** Lets one more pass, if the gate is open, there is a place, and nobody waits for one. */
    boolean tryEnter() {
        return tryEnter(CLOSED | QUEUED);
    }

    /** Lets the first of those that wait pass, if the gate is open and there is a place. */
    boolean tryEnterFirst() {
        return tryEnter(CLOSED);
    }

    private boolean tryEnter(int unless) {
        while (true) {
            int now = state.get();
            if ((now & unless) != 0 || (now & COUNT) >= places) {
                return false;
            }
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Counts one that has ended; returns whether it was the last. */
    boolean leave() {
        return (state.decrementAndGet() & COUNT) == 0;
    }

    int inFlight() {
        return state.get() & COUNT;
    }

    /** Says whether some wait. */
    void queued(boolean some) {
        state.getAndUpdate(now -> some ? now | QUEUED : now & ~QUEUED);
    }

    boolean isQueued() {
        return (state.get() & QUEUED) != 0;
    }

    void open() {
        state.getAndUpdate(now -> now & ~CLOSED);
    }

    void close() {
        state.getAndUpdate(now -> now | CLOSED);
    }

    /** Closes the gate if nothing is in flight; returns whether nothing was. */
    boolean closeIfIdle() {
        return state.compareAndSet(0, CLOSED) || state.get() == CLOSED;
    }
}
