package dev.rac.bench.edgeproxy;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.figure.Aim;
import dev.rac.bench.figure.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/** What each front door did in each round, in their order. */
final class Found {
    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

    void add(String door, double value) {
        rounds.computeIfAbsent(door, first -> new ArrayList<>()).add(value);
    }

    /** One value of each round. */
    List<Double> of(String door) {
        return Objects.requireNonNull(rounds.get(door));
    }

    /** The smallest of the last round. */
    double leastNow() {
        return rounds.values().stream().mapToDouble(List::getLast).min().orElseThrow();
    }

    /**
     * A row of a table: every door's figure, and RAC's beside the better of its peers in the same round.
     *
     * @param better chooses that
     */
    List<String> row(String what, DoubleBinaryOperator better, Aim aim) {
        List<Double> nginx = of(EdgeProxyBench.NGINX);
        List<Double> haproxy = of(EdgeProxyBench.HAPROXY);
        var best = new ArrayList<Double>();
        for (int round = 0; round < nginx.size(); round++) {
            best.add(better.applyAsDouble(nginx.get(round), haproxy.get(round)));
        }
        Figure ratio = Figure.ratio(of(EdgeProxyBench.RAC), best);
        var cells = new ArrayList<String>();
        cells.add(what);
        rounds.values().forEach(values -> cells.add(Numbers.of(Figure.of(values))));
        cells.add(Numbers.of(ratio) + verdict(aim, ratio));
        return cells;
    }

    static String verdict(Aim aim, Figure ratio) {
        return aim.metBy(ratio) ? " met" : " **missed**";
    }
}
