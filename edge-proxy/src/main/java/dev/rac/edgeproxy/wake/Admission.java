package dev.rac.edgeproxy.wake;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests in flight and says whether another may pass, in one atomic number, so that the decision to stop
 * and the admission of a request exclude each other. Thread-safe, without locks.
 */
final class Admission {
    /** Set while no request may pass; the bits below count. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger(CLOSED);

    /** Lets one more pass, if the gate is open. */
    boolean tryEnter() {
        while (true) {
            int now = state.get();
            if (now < 0) {
                return false;
            }
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Counts one that passes whatever the gate says. */
    void enter() {
        state.incrementAndGet();
    }

    /** Counts one that has ended; returns whether it was the last. */
    boolean leave() {
        return (state.decrementAndGet() & ~CLOSED) == 0;
    }

    int inFlight() {
        return state.get() & ~CLOSED;
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
