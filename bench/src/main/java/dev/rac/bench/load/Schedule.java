package dev.rac.bench.load;

import java.time.Duration;

/** When the requests of one connection are due. */
@FunctionalInterface
interface Schedule {
    /**
     * When a request is due, as {@link System#nanoTime}.
     *
     * @param number 0 for the connection's first
     */
    long due(long number);

    /**
     * At a fixed rate of all connections together, which take turns. A request that cannot be sent when it is due, since
     * the one before on the same connection is not answered yet, still counts from when it was due.
     */
    static Schedule of(long start, double perSecond, int connection, int connections) {
        double gap = Duration.ofSeconds(1).toNanos() / perSecond;
        return number -> start + (long) (gap * (connection + number * connections));
    }
}
