package dev.rac.bench.load;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What one connection got. For one thread. */
final class Tally {
    private static final int OK = 200;

    private final Map<Integer, Integer> refused = new TreeMap<>();
    private long[] nanos = new long[4096];
    private int answered;

    void add(int status, long taken) {
        if (status != OK) {
            refused.merge(status, 1, Integer::sum);
            return;
        }
        if (answered == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * answered);
        }
        nanos[answered++] = taken;
    }

    /** The response times of what was answered with 200. */
    long[] nanos() {
        return Arrays.copyOf(nanos, answered);
    }

    /** How many had another status. */
    Map<Integer, Integer> refused() {
        return refused;
    }
}
