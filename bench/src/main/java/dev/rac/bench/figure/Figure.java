package dev.rac.bench.figure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What several rounds found: their median, which one disturbed round does not change, and how far they lie apart.
 *
 * @param median not a number if no round found anything
 */
public record Figure(double median, double min, double max) {
    private static final Figure UNKNOWN = new Figure(Double.NaN, Double.NaN, Double.NaN);

    /** One value of each round; those that are not a number do not count. */
    public static Figure of(List<Double> rounds) {
        double[] sorted = rounds.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return UNKNOWN;
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1]);
    }

    /**
     * The ratio of two values within each round. They were measured one after the other, so what slows the whole machine
     * in one round slows both.
     */
    public static Figure ratio(List<Double> values, List<Double> to) {
        if (values.size() != to.size()) {
            throw new IllegalArgumentException(values.size() + " rounds cannot be compared with " + to.size());
        }
        return of(IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / to.get(round))
                .toList());
    }

    public boolean known() {
        return !Double.isNaN(median);
    }
}
