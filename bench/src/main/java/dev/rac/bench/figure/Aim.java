package dev.rac.bench.figure;

/**
 * What a ratio should be.
 *
 * @param what the ratio, for people
 */
public record Aim(String what, Bound bound, double value) {
    /** On which side of the value the ratio should be. */
    public enum Bound {
        AT_LEAST("at least"),
        AT_MOST("at most");

        private final String words;

        Bound(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Whether the median of the rounds is as it should be; an unknown one is not. */
    public boolean metBy(Figure ratio) {
        return switch (bound) {
            case AT_LEAST -> ratio.median() >= value;
            case AT_MOST -> ratio.median() <= value;
        };
    }

    /** By how much of the aim a ratio misses it: 0.25 for 0.3 instead of 0.4, or for 2.5 instead of 2; 0 if it does not. */
    public double missedBy(Figure ratio) {
        return metBy(ratio) ? 0 : Math.abs(ratio.median() - value) / value;
    }
}
