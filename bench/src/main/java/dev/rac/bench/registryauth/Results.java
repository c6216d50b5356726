package dev.rac.bench.registryauth;

import dev.rac.bench.figure.Figure;
import dev.rac.bench.load.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the rounds found. Not thread-safe. */
final class Results {
    private final Map<Key, List<Measured>> measured = new HashMap<>();
    private final Map<Integer, List<Double>> signatures = new HashMap<>();
    private final List<Map<Integer, Double>> floods = new ArrayList<>();

    private record Key(Situation situation, Mode mode, Point point) {}

    void add(Situation situation, Mode mode, Point point, Measured round) {
        measured.computeIfAbsent(new Key(situation, mode, point), missing -> new ArrayList<>())
                .add(round);
    }

    /** Takes note of the signatures in a second over what a token for so many scopes has. */
    void addSignatures(int scopes, double perSecond) {
        signatures.computeIfAbsent(scopes, missing -> new ArrayList<>()).add(perSecond);
    }

    /** Takes note of how many of a flood's requests had which status in a second. */
    void addFlood(Map<Integer, Double> answersPerSecond) {
        floods.add(answersPerSecond);
    }

    /** One value for each round. */
    List<Double> values(Situation situation, Mode mode, Point point, ToDoubleFunction<Measured> value) {
        return measured.getOrDefault(new Key(situation, mode, point), List.of()).stream()
                .map(value::applyAsDouble)
                .toList();
    }

    Figure figure(Situation situation, Mode mode, Point point, ToDoubleFunction<Measured> value) {
        return Figure.of(values(situation, mode, point, value));
    }

    List<Double> signatures(int scopes) {
        return signatures.getOrDefault(scopes, List.of());
    }

    /** How many of the flood's requests had a status in a second. */
    Figure flood(int status) {
        return Figure.of(
                floods.stream().map(flood -> flood.getOrDefault(status, 0.0)).toList());
    }
}
