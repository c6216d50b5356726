package dev.rac.bench.document;

import dev.rac.bench.figure.Figure;
import java.util.Locale;

/** Numbers for people: no more digits than were measured. */
public final class Numbers {
    private static final String UNKNOWN = "–";

    private Numbers() {}

    /** A number with two or three digits that count, or all those before the point. */
    public static String of(double value) {
        if (Double.isNaN(value)) {
            return UNKNOWN;
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** The median, and the range of the rounds in small print. */
    public static String of(Figure figure) {
        if (!figure.known()) {
            return UNKNOWN;
        }
        String median = of(figure.median());
        return figure.min() == figure.max()
                ? median
                : median + " <sub>" + of(figure.min()) + "–" + of(figure.max()) + "</sub>";
    }

    /** A share in percent. */
    public static String percent(double share) {
        return Double.isNaN(share) ? UNKNOWN : Math.round(share * 100) + " %";
    }

    /** Bytes in MiB. */
    public static String mebibytes(long bytes) {
        return of(bytes / 1024.0 / 1024.0) + " MiB";
    }
}
