package dev.rac.bench.figure;

import java.util.List;
import java.util.stream.LongStream;

/** Response times of one measurement, every one of them. Immutable. */
public final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    /** Those that several clients saw, in nanoseconds. */
    public static Latencies of(List<long[]> nanos) {
        return new Latencies(
                nanos.stream().flatMapToLong(LongStream::of).sorted().toArray());
    }

    public int count() {
        return sorted.length;
    }

    /**
     * The time within which so many percent were answered, by the nearest rank, in milliseconds.
     *
     * @param percent above 0, to 100
     * @return not a number if nothing was answered
     */
    public double percentileMillis(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank, 1, sorted.length) - 1] / NANOS_PER_MILLI;
    }
}
