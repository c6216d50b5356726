package dev.rac.bench.registryauth;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.load.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** What registry-auth is compared with: signatures alone, and its HTTP server alone. */
final class Comparison {
    private final Results results;

    private Comparison(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        var comparison = new Comparison(results);
        return comparison.signatures() + comparison.constantBodies();
    }

    private String signatures() {
        var table = new Table(
                "what " + SignatureSpeed.provider() + " signs on " + SignatureSpeed.THREADS + " threads",
                "1 scope",
                "10 scopes",
                "100 scopes");
        table.row(
                row("P-256 signatures/s, over what such a token has", scopes -> Figure.of(results.signatures(scopes))));
        table.row(row(
                "the HTTP server's answers/s with a constant body, to these: no server on it reaches more",
                this::most));
        return table.toString();
    }

    private Figure most(int scopes) {
        var point = new Point(Kind.ANONYMOUS_REPEATED, scopes);
        return Figure.ratio(
                results.values(Situation.CONSTANT_BODY, Mode.CAPACITY, point, Measured::perSecond),
                results.signatures(scopes));
    }

    private static List<String> row(String name, IntFunction<Figure> figures) {
        var row = new ArrayList<>(List.of(name));
        Point.SCOPES.forEach(scopes -> row.add(Numbers.of(figures.apply(scopes))));
        return row;
    }

    private String constantBodies() {
        var table = new Table(
                "the same requests, a constant body", "scopes", "answers/s", "CPU, µs", "of the load, µs", "busy");
        for (Point point : Point.all()) {
            if (point.kind().comparedWithConstantBody()) {
                table.row(
                        point.kind().toString(),
                        Integer.toString(point.scopes()),
                        Numbers.of(constant(point, Measured::perSecond)),
                        Numbers.of(constant(point, Measured::serverMicros)),
                        Numbers.of(constant(point, Measured::generatorMicros).median()),
                        Numbers.percent(constant(point, Measured::busy).median()));
            }
        }
        return table.toString();
    }

    private Figure constant(Point point, ToDoubleFunction<Measured> value) {
        return results.figure(Situation.CONSTANT_BODY, Mode.CAPACITY, point, value);
    }
}
