package dev.rac.bench.registryauth;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.load.Measured;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Every point in one situation. */
final class PointTable {
    private final Results results;
    private final Situation situation;

    PointTable(Results results, Situation situation) {
        this.results = results;
        this.situation = situation;
    }

    /** Speed, response times, and what it takes of the processors. */
    String quiet(List<Point> points) {
        var table =
                new Table("request", "scopes", "tokens/s", "p50, ms", "p99, ms", "CPU, µs", "of the load, µs", "busy");
        for (Point point : points) {
            table.row(
                    point.kind().toString(),
                    Integer.toString(point.scopes()),
                    capacity(point, Measured::perSecond),
                    half(point, Measured::p50Millis),
                    half(point, Measured::p99Millis),
                    capacity(point, Measured::serverMicros),
                    Numbers.of(figure(Mode.CAPACITY, point, Measured::generatorMicros)
                            .median()),
                    Numbers.percent(figure(Mode.CAPACITY, point, Measured::busy).median()));
        }
        return table.toString();
    }

    /** Speed and response times where some requests are refused. */
    String flooded(List<Point> points) {
        var table = new Table("request", "scopes", "tokens/s", "p50, ms", "p99, ms", "refused/s");
        for (Point point : points) {
            table.row(
                    point.kind().toString(),
                    Integer.toString(point.scopes()),
                    capacity(point, Measured::perSecond),
                    half(point, Measured::p50Millis),
                    half(point, Measured::p99Millis),
                    refused(point));
        }
        return table.toString();
    }

    private String refused(Point point) {
        Figure refused = figure(
                Mode.CAPACITY,
                point,
                measured -> measured.refusals() / (measured.elapsed().toNanos() / 1e9));
        return refused.max() == 0 ? "" : Numbers.of(refused);
    }

    private String capacity(Point point, ToDoubleFunction<Measured> value) {
        return Numbers.of(figure(Mode.CAPACITY, point, value));
    }

    private String half(Point point, ToDoubleFunction<Measured> value) {
        return Numbers.of(figure(Mode.HALF, point, value));
    }

    private Figure figure(Mode mode, Point point, ToDoubleFunction<Measured> value) {
        return results.figure(situation, mode, point, value);
    }
}
