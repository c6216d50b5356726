package dev.rac.bench.registryauth;

import dev.rac.bench.figure.Aim;
import dev.rac.bench.figure.Figure;

/**
 * How a ratio is to its aim.
 *
 * @param situation in which it was measured
 * @param mode in which it was measured
 */
record Verdict(Aim aim, Situation situation, Mode mode, Point point, Figure ratio) {
    boolean met() {
        return aim.metBy(ratio);
    }

    double missedBy() {
        return aim.missedBy(ratio);
    }
}
