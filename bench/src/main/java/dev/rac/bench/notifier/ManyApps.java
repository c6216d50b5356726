package dev.rac.bench.notifier;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.process.Memory;
import dev.rac.bench.process.Pause;
import dev.rac.bench.process.ProcessException;
import dev.rac.bench.stack.ApiPush;
import dev.rac.bench.stack.Docker;
import dev.rac.bench.stack.Stack;
import dev.rac.bench.stack.Stopwatch;
import dev.rac.targets.Target;
import dev.rac.targets.Updates;
import dev.rac.targets.docker.DockerSettings;
import dev.rac.targets.docker.DockerTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;

/** What many sleeping apps cost: a round of the reconciler, a look at all of them, and memory. */
final class ManyApps {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int ROUNDS = 2;
    private static final int COMPARED = 5;
    private static final int LOOKS = 5;

    private ManyApps() {}

    /** What was found with so many apps; times in milliseconds. */
    private record Found(
            int apps, double round, double compared, Figure look, Figure listing, Figure ratio, Memory memory) {}

    static String measure(Stack stack, Workplace place) {
        boolean full = place.effort().equals(Effort.FULL);
        int few = full ? 100 : 10;
        int many = full ? 1000 : 40;
        place.progress().now("notifier: " + few + " apps asleep");
        int begun = count();
        push(stack, begun, few);
        Found first = found(stack, few);
        place.progress().now("notifier: " + many + " apps asleep");
        push(stack, few, many);
        Found second = found(stack, many);
        var table = new Table("apps asleep on one engine", Integer.toString(few), Integer.toString(many))
                .row("the engine's own listing, ms", Numbers.of(first.listing()), Numbers.of(second.listing()))
                .row("all apps with their states, ms", Numbers.of(first.look()), Numbers.of(second.look()))
                .row("to the engine's listing", Numbers.of(first.ratio()), Numbers.of(second.ratio()))
                .row("compared with what was settled, ms", Numbers.of(first.compared()), Numbers.of(second.compared()))
                .row(
                        "**to the engine's listing: at most 3**",
                        verdict(first, first.compared()),
                        verdict(second, second.compared()))
                .row("a round over the registry, too, ms", Numbers.of(first.round()), Numbers.of(second.round()))
                .row(
                        "**to the engine's listing: at most 3**",
                        verdict(first, first.round()),
                        verdict(second, second.round()))
                .row("resident memory of the whole stack", resident(first), resident(second))
                .row("live heap of the whole stack", live(first), live(second));
        return """
                Settled apps are compared ten times as often as the registry is asked: that is one look at all apps, in \
                the running notifier. A round over the registry asks it for the tags of every repository and what they \
                name, two requests and more each, one after another and no more than 500 a second, so that pushes and \
                pulls have the registry to themselves. With everything settled neither writes anything.

                """ + table;
    }

    private static void push(Stack stack, int from, int to) {
        var pushes = new ApiPush(stack);
        IntStream.range(from, to).forEach(i -> pushes.push("many/app-" + i));
        var waiting = new Stopwatch();
        while (count() < to) {
            if (waiting.isOver(PATIENCE)) {
                throw new ProcessException("not all apps were deployed");
            }
            Pause.of(Duration.ofSeconds(1));
        }
    }

    private static int count() {
        return (int) Docker.run("ps", "-aq", "--filter", "label=dev.rac.namespace=" + Stack.NAMESPACE)
                .lines()
                .filter(line -> !line.isBlank())
                .count();
    }

    private static Found found(Stack stack, int apps) {
        double round = mean(stack, "registry", ROUNDS);
        double compared = mean(stack, "target", COMPARED);
        var looks = new ArrayList<Double>();
        var listings = new ArrayList<Double>();
        var updates = new Updates("localhost", Updates.DEFAULT_DRAIN_TIMEOUT);
        try (Target target = DockerTarget.connect(DockerSettings.local(Stack.NAMESPACE, updates))) {
            for (int i = 0; i < LOOKS + 1; i++) {
                double listing = Stopwatch.millis(() -> Docker.list(Stack.NAMESPACE));
                double look = Stopwatch.millis(target::apps);
                if (i > 0) {
                    listings.add(listing);
                    looks.add(look);
                }
            }
        }
        return new Found(
                apps,
                round,
                compared,
                Figure.of(looks),
                Figure.of(listings),
                Figure.ratio(looks, listings),
                Memory.of(stack.process()));
    }

    /** The mean time of the next comparisons, the first of which may still mend something. */
    private static double mean(Stack stack, String what, int count) {
        double[] begun = after(stack, what, stack.comparisons(what)[1] + 1);
        double[] ended = after(stack, what, begun[1] + count);
        return (ended[0] - begun[0]) / (ended[1] - begun[1]) * 1000;
    }

    private static double[] after(Stack stack, String what, double count) {
        var waiting = new Stopwatch();
        while (!waiting.isOver(PATIENCE)) {
            double[] rounds = stack.comparisons(what);
            if (rounds[1] >= count) {
                return rounds;
            }
            Pause.of(Duration.ofMillis(500));
        }
        throw new ProcessException("the reconciler's rounds do not end");
    }

    private static String verdict(Found found, double millis) {
        double ratio = millis / found.listing().median();
        return Numbers.of(ratio) + (ratio <= 3 ? " met" : " **missed**");
    }

    private static String resident(Found found) {
        return Numbers.mebibytes(found.memory().residentBytes());
    }

    private static String live(Found found) {
        return Numbers.mebibytes(found.memory().liveHeapBytes());
    }
}
