package dev.rac.bench.registryauth;

import dev.rac.bench.load.Load;
import dev.rac.bench.load.LoadException;
import dev.rac.bench.load.Measured;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.process.Pause;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures every point once in every round. What is compared is measured one directly after the other, so that a machine
 * that is slower for a while slows both.
 */
final class Rounds {
    // As many as bcrypt's threads and some that wait; more would be refused.
    private static final int SLOW_CONNECTIONS = 4;

    private final TokenServer few;
    private final TokenServer many;
    private final ConstantBody constant;
    private final Effort effort;
    private final Results results;
    private final AtomicInteger floodSequence = new AtomicInteger();

    Rounds(TokenServer few, TokenServer many, ConstantBody constant, Effort effort, Results results) {
        this.few = few;
        this.many = many;
        this.constant = constant;
        this.effort = effort;
        this.results = results;
    }

    /** Has all code compiled before anything counts. */
    void warmUp() {
        for (Point point : Point.all()) {
            if (point.kind().slow()) {
                continue;
            }
            few.load(point).atCapacity(effort.warmUp());
            many.load(point).atCapacity(effort.warmUp());
            if (point.kind().comparedWithConstantBody()) {
                constant.load(point).atCapacity(effort.warmUp());
            }
        }
        SignatureSpeed.perSecond(1000, effort.warmUp());
        try (var _ = Flood.begin(few.address(), floodSequence)) {
            Pause.of(effort.warmUp().multipliedBy(4));
        }
    }

    /** Measures every point without a flood. */
    void quiet() {
        for (Point point : Point.all()) {
            if (point.kind().comparedWithSignatures()) {
                int bytes = few.answer(point).signedBytes();
                results.addSignatures(point.scopes(), SignatureSpeed.perSecond(bytes, effort.capacity()));
            }
            if (point.kind().comparedWithConstantBody()) {
                Measured capacity = atCapacity(constant.load(point), point);
                results.add(Situation.CONSTANT_BODY, Mode.CAPACITY, point, capacity);
            }
            measure(few, Situation.FEW_CLAIMS, point);
            measure(many, Situation.MANY_CLAIMS, point);
        }
    }

    private void measure(TokenServer server, Situation situation, Point point) {
        Load load = server.load(point);
        Measured capacity = atCapacity(load, point);
        Measured half = load.atRate(capacity.perSecond() / 2, time(effort.rate(), point));
        if (capacity.refusals() + half.refusals() > 0) {
            throw new LoadException(
                    point + " was refused: " + capacity.refused() + ", at half the load " + half.refused());
        }
        results.add(situation, Mode.CAPACITY, point, capacity);
        results.add(situation, Mode.HALF, point, half);
    }

    /** Measures every point during a flood, at the rates of the quiet round before. */
    void flooded() {
        Map<Point, Load> loads = new LinkedHashMap<>();
        // Passwords that are to be remembered must be sent before the flood, and are measured first.
        Point.all().stream()
                .sorted(Comparator.comparing(point -> point.kind() != Kind.PASSWORD_REPEATED))
                .forEach(point -> loads.put(point, few.load(point)));
        try (var flood = Flood.begin(few.address(), floodSequence)) {
            loads.forEach((point, load) -> {
                double half = results.values(Situation.FEW_CLAIMS, Mode.CAPACITY, point, Measured::perSecond)
                                .getLast()
                        / 2;
                results.add(Situation.FLOOD, Mode.CAPACITY, point, atCapacity(load, point));
                results.add(Situation.FLOOD, Mode.HALF, point, load.atRate(half, time(effort.rate(), point)));
            });
            results.addFlood(flood.answersPerSecond());
        }
    }

    private Measured atCapacity(Load load, Point point) {
        Duration time = time(effort.capacity(), point);
        return point.kind().slow() ? load.atCapacity(time, SLOW_CONNECTIONS) : load.atCapacity(time);
    }

    private Duration time(Duration usual, Point point) {
        return point.kind().slow() ? usual.multipliedBy(effort.slower()) : usual;
    }
}
