package dev.rac.bench.registryauth;

import dev.rac.bench.load.Load;
import dev.rac.bench.load.Measured;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.profile.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Profiles what misses its aim. */
final class Misses {
    // Far from the names and addresses of the rounds.
    private static final int FLOOD_SEQUENCE = 1 << 23;

    private final TokenServer few;
    private final TokenServer many;
    private final Results results;
    private final Effort effort;

    Misses(TokenServer few, TokenServer many, Results results, Effort effort) {
        this.few = few;
        this.many = many;
        this.results = results;
        this.effort = effort;
    }

    List<Miss> profile(List<Verdict> verdicts) {
        Map<String, List<Verdict>> missed = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            if (!verdict.met()) {
                missed.computeIfAbsent(group(verdict), missing -> new ArrayList<>())
                        .add(verdict);
            }
        }
        return missed.values().stream()
                .map(group -> new Miss(
                        group, toProfile(group).stream().map(this::profile).toList()))
                .toList();
    }

    // What limits tokens per second differs from one way to ask to the next; the rest has one reason for all.
    private static String group(Verdict verdict) {
        return isSpeed(verdict)
                ? verdict.aim().what() + verdict.point().kind()
                : verdict.aim().what();
    }

    // Few scopes and many cost time in different places.
    private static List<Verdict> toProfile(List<Verdict> group) {
        if (isSpeed(group.getFirst())) {
            return group.size() == 1 ? group : List.of(group.getFirst(), group.getLast());
        }
        return List.of(group.stream()
                .max(Comparator.comparingDouble(Verdict::missedBy))
                .orElseThrow());
    }

    private static boolean isSpeed(Verdict verdict) {
        return verdict.aim().equals(Aims.SIGNATURES) || verdict.aim().equals(Aims.CONSTANT_BODY);
    }

    private Miss.Profiled profile(Verdict verdict) {
        TokenServer server = verdict.situation() == Situation.MANY_CLAIMS ? many : few;
        Load load = server.load(verdict.point());
        if (verdict.situation() == Situation.FLOOD) {
            try (var _ = Flood.begin(server.address(), new AtomicInteger(FLOOD_SEQUENCE))) {
                return profile(server, load, verdict);
            }
        }
        return profile(server, load, verdict);
    }

    private Miss.Profiled profile(TokenServer server, Load load, Verdict verdict) {
        var recorded = Recording.during(
                server.process(),
                () -> verdict.mode() == Mode.CAPACITY
                        ? load.atCapacity(effort.profile())
                        : load.atRate(half(verdict.point()), effort.profile()));
        return new Miss.Profiled(verdict, recorded.result(), recorded.profile());
    }

    private double half(Point point) {
        return results.figure(Situation.FEW_CLAIMS, Mode.CAPACITY, point, Measured::perSecond)
                        .median()
                / 2;
    }
}
