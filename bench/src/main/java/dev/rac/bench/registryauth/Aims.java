package dev.rac.bench.registryauth;

import dev.rac.bench.figure.Aim;
import dev.rac.bench.figure.Aim.Bound;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.load.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What registry-auth should reach, as ratios within one run, since absolute figures do not travel. Pure. */
final class Aims {
    static final Aim SIGNATURES = new Aim(
            "tokens per second, to signatures per second of the provider alone on two threads", Bound.AT_LEAST, 0.4);
    static final Aim CONSTANT_BODY = new Aim(
            "tokens per second, to answers per second of the same HTTP server with a constant body of that size",
            Bound.AT_LEAST,
            0.8);
    static final Aim TAIL = new Aim("p99 at half the load, to p50", Bound.AT_MOST, 5);
    static final Aim FLOOD =
            new Aim("p99 while 100 clients send wrong passwords, to p99 without them", Bound.AT_MOST, 2);
    static final Aim MANY_CLAIMS =
            new Aim("processor time for a token in the large database, to that in the small one", Bound.AT_MOST, 1.1);

    private Aims() {}

    /** Every ratio that has an aim. */
    static List<Verdict> verdicts(Results results) {
        var verdicts = new ArrayList<Verdict>();
        for (Point point : Point.all()) {
            verdict(results, point).ifPresent(verdicts::add);
        }
        for (Point point : Point.all()) {
            verdicts.add(tail(results, point));
        }
        for (Point point : Point.all()) {
            if (point.kind().anonymous()) {
                verdicts.add(flood(results, point));
            }
        }
        for (Point point : Point.all()) {
            verdicts.add(manyClaims(results, point));
        }
        return verdicts;
    }

    private static Optional<Verdict> verdict(Results results, Point point) {
        List<Double> tokens = results.values(Situation.FEW_CLAIMS, Mode.CAPACITY, point, Measured::perSecond);
        if (point.kind().comparedWithSignatures()) {
            Figure ratio = Figure.ratio(tokens, results.signatures(point.scopes()));
            return Optional.of(new Verdict(SIGNATURES, Situation.FEW_CLAIMS, Mode.CAPACITY, point, ratio));
        }
        if (point.kind().comparedWithConstantBody()) {
            Figure ratio = Figure.ratio(
                    tokens, results.values(Situation.CONSTANT_BODY, Mode.CAPACITY, point, Measured::perSecond));
            return Optional.of(new Verdict(CONSTANT_BODY, Situation.FEW_CLAIMS, Mode.CAPACITY, point, ratio));
        }
        return Optional.empty();
    }

    private static Verdict tail(Results results, Point point) {
        Figure ratio = Figure.ratio(
                results.values(Situation.FEW_CLAIMS, Mode.HALF, point, Measured::p99Millis),
                results.values(Situation.FEW_CLAIMS, Mode.HALF, point, Measured::p50Millis));
        return new Verdict(TAIL, Situation.FEW_CLAIMS, Mode.HALF, point, ratio);
    }

    private static Verdict flood(Results results, Point point) {
        Figure ratio = Figure.ratio(
                results.values(Situation.FLOOD, Mode.HALF, point, Measured::p99Millis),
                results.values(Situation.FEW_CLAIMS, Mode.HALF, point, Measured::p99Millis));
        return new Verdict(FLOOD, Situation.FLOOD, Mode.HALF, point, ratio);
    }

    private static Verdict manyClaims(Results results, Point point) {
        ToDoubleFunction<Measured> cost = Measured::serverMicros;
        Figure ratio = Figure.ratio(
                results.values(Situation.MANY_CLAIMS, Mode.CAPACITY, point, cost),
                results.values(Situation.FEW_CLAIMS, Mode.CAPACITY, point, cost));
        return new Verdict(MANY_CLAIMS, Situation.MANY_CLAIMS, Mode.CAPACITY, point, ratio);
    }
}
