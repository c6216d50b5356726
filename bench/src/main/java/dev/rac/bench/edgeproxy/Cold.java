package dev.rac.bench.edgeproxy;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Latencies;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.process.Pause;
import dev.rac.bench.process.ProcessException;
import dev.rac.bench.stack.ApiPush;
import dev.rac.bench.stack.Docker;
import dev.rac.bench.stack.Stack;
import dev.rac.bench.stack.Stopwatch;
import dev.rac.bench.stack.Tar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** From a request for an app that does not run to the first byte of its answer, beside what the engine alone takes. */
final class Cold {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);
    // The engine has more to do after it has answered, such as removing the last container.
    private static final Duration CALM = Duration.ofMillis(700);
    private static final int WARM_UP = 5;
    private static final int STARTS = 40;
    private static final byte[] PAGE = Tar.of(Map.of("www/index.html", new byte[] {'h', 'i'}));
    private static final String STOPPED = "cold";
    private static final String FROZEN = "frozen";

    private final Stack stack;
    private final int starts;

    private Cold(Stack stack, int starts) {
        this.stack = stack;
        this.starts = starts;
    }

    static String measure(Workplace place) {
        if (!Docker.works()) {
            return "Cold starts were not measured: no Docker Engine answers.\n\n";
        }
        place.progress().now("edge-proxy: cold starts");
        var settings = Map.of("RAC_FREEZE_TIMEOUT", "1s", "RAC_WAKES_PER_MINUTE", "1000");
        try (var stack = Stack.start(place, "edge-proxy", settings)) {
            return new Cold(stack, place.effort().equals(Effort.FULL) ? STARTS : 2).measure();
        }
    }

    private String measure() {
        push(STOPPED, Map.of("rac.idle", "1s"));
        push(FROZEN, Map.of());
        Pair stopped;
        Pair frozen;
        try (var twin = Twin.of(container(FROZEN))) {
            stopped = pairs(STOPPED, "asleep", this::startOfATwin);
            twin.start();
            stack.open(app(FROZEN));
            frozen = pairs(FROZEN, "frozen", () -> {
                twin.pause();
                Pause.of(CALM);
                return twin.unpause();
            });
        }
        return """
                ## Cold starts

                An app of a static web server on Docker, one request at a time, in turn with a container of the same \
                image, limits and network that RAC knows nothing of. For the engine alone that is from the call to \
                start it, over the look for its address, until it accepts a connection, or the call to unpause it; for RAC from the request to the \
                first byte of the answer.

                """
                + new Table("ms", "asleep", "frozen")
                        .row("the engine alone, p50", floor(stopped, 50), floor(frozen, 50))
                        .row("the engine alone, p95", floor(stopped, 95), floor(frozen, 95))
                        .row("RAC, p50", Numbers.of(stopped.rac(50)), Numbers.of(frozen.rac(50)))
                        .row("RAC, p95", Numbers.of(stopped.rac(95)), Numbers.of(frozen.rac(95)))
                        .row("**over the engine at p50: at most 15 and 10**", stopped.over(50, 15), frozen.over(50, 10))
                        .row("**over the engine at p95: at most 30**", stopped.over(95, 30), "");
    }

    private static String floor(Pair pair, double percent) {
        return Numbers.of(pair.floor(percent));
    }

    private void push(String name, Map<String, String> labels) {
        List<byte[]> layers = List.of(Docker.busyboxLayer(), PAGE);
        new ApiPush(stack).push(repository(name), Docker.serverSettings(labels), layers);
        await(name, "asleep");
    }

    private double startOfATwin() {
        try (var twin = Twin.of(container(FROZEN))) {
            Pause.of(CALM);
            return twin.start();
        }
    }

    private Pair pairs(String name, String state, DoubleSupplier floor) {
        var floors = new ArrayList<Double>();
        var answers = new ArrayList<Double>();
        for (int i = 0; i < WARM_UP + starts; i++) {
            double alone = floor.getAsDouble();
            await(name, state);
            Pause.of(CALM);
            double answer = Stopwatch.millis(() -> open(name));
            if (i >= WARM_UP) {
                floors.add(alone);
                answers.add(answer);
            }
        }
        return new Pair(latencies(floors), latencies(answers));
    }

    private void open(String name) {
        int status = stack.open(app(name));
        if (status != 200) {
            throw new ProcessException(name + " answered " + status);
        }
    }

    private void await(String name, String state) {
        var watch = new Stopwatch();
        while (!stack.app(repository(name)).path("state").asString("").equals(state)) {
            if (watch.isOver(PATIENCE)) {
                throw new ProcessException(name + " is not " + state + ": " + stack.app(repository(name)));
            }
            Pause.of(LOOK);
        }
    }

    private static String repository(String name) {
        return "bench/" + name;
    }

    private static String app(String name) {
        return "bench-" + name;
    }

    private static String container(String name) {
        return Stack.NAMESPACE + "-" + app(name);
    }

    private static Latencies latencies(List<Double> millis) {
        return Latencies.of(List.of(
                millis.stream().mapToLong(each -> Math.round(each * 1e6)).toArray()));
    }

    /** What the engine alone and RAC took. */
    private record Pair(Latencies floors, Latencies answers) {
        double floor(double percent) {
            return floors.percentileMillis(percent);
        }

        double rac(double percent) {
            return answers.percentileMillis(percent);
        }

        String over(double percent, double atMost) {
            double over = rac(percent) - floor(percent);
            return Numbers.of(over) + (over <= atMost ? " met" : " **missed**");
        }
    }
}
