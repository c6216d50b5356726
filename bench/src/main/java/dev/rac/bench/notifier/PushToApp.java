package dev.rac.bench.notifier;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Aim;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.process.Pause;
import dev.rac.bench.process.ProcessException;
import dev.rac.bench.stack.ApiPush;
import dev.rac.bench.stack.AppWatch;
import dev.rac.bench.stack.Docker;
import dev.rac.bench.stack.Stack;
import dev.rac.bench.stack.Stopwatch;
import dev.rac.bench.stack.Tar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** From the end of a push to an app that is routed and to its first answer, and the same by hand. */
final class PushToApp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WARM_UP = 3;
    private static final int PUSHES = 10;
    private static final int LAYER_BYTES = 32 << 20;
    private static final Aim AIM = new Aim("from the push's end to routable, to by hand", Aim.Bound.AT_MOST, 1.3);

    private final Stack stack;
    private final AppWatch watch;
    private final Workplace place;
    private final List<Double> routable = new ArrayList<>();
    private final List<Double> answered = new ArrayList<>();
    private final List<Double> byHand = new ArrayList<>();

    private PushToApp(Stack stack, AppWatch watch, Workplace place) {
        this.stack = stack;
        this.watch = watch;
        this.place = place;
    }

    static String measure(Stack stack, Workplace place) {
        try (var watch = new AppWatch(stack)) {
            return measure(stack, watch, place);
        }
    }

    private static String measure(Stack stack, AppWatch watch, Workplace place) {
        var fresh = new PushToApp(stack, watch, place);
        fresh.each(fresh::fresh);
        var known = new PushToApp(stack, watch, place);
        known.each(known::known);
        var table = new Table(
                        "from the end of a push, each another image, ms",
                        "32 MiB that the engine has not",
                        "2 MiB that the engine has")
                .row("to routable", Numbers.of(Figure.of(fresh.routable)), Numbers.of(Figure.of(known.routable)))
                .row(
                        "to the first answer",
                        Numbers.of(Figure.of(fresh.answered)),
                        Numbers.of(Figure.of(known.answered)))
                .row(
                        "by hand: `docker pull` and `docker create`",
                        Numbers.of(Figure.of(fresh.byHand)),
                        Numbers.of(Figure.of(known.byHand)))
                .row("**routable, to by hand: at most 1.3**", fresh.verdict(), known.verdict());
        return """
                On the left, an image comes from elsewhere, with a layer of random bytes; by hand, another one of the \
                same kind, which RAC does not deploy. On the right, the engine that pushed is the one that runs, so that \
                its layers are there, in both cases. Routable is what the events of the API say. By hand the client's two starts count.

                """ + table;
    }

    private String verdict() {
        Figure ratio = Figure.ratio(routable, byHand);
        return Numbers.of(ratio) + (AIM.metBy(ratio) ? " met" : " **missed**");
    }

    private void each(IntConsumer push) {
        int pushes = place.effort().equals(Effort.FULL) ? PUSHES : 2;
        for (int i = 0; i < WARM_UP + pushes; i++) {
            push.accept(i);
            if (i < WARM_UP) {
                routable.clear();
                answered.clear();
                byHand.clear();
            }
        }
    }

    private void fresh(int number) {
        var pushes = new ApiPush(stack);
        String twin = "bench/twin-" + number;
        pushes.push(twin, Docker.serverSettings(Map.of("rac.enable", "false")), layers());
        // Until it is known that nothing comes of it.
        Pause.of(Duration.ofMillis(500));
        double hand = byHand(stack.registry() + "/" + twin);
        pushes.push("bench/fresh-" + number, Docker.serverSettings(Map.of()), layers());
        pushed("fresh-" + number);
        byHand.add(hand);
    }

    private void known(int number) {
        String image = stack.registry() + "/bench/known-" + number;
        Docker.build(image, "page " + number, place.scratch());
        Docker.run("push", image);
        String digest = pushed("known-" + number);
        byHand.add(byHand(image + "@" + digest));
    }

    private String pushed(String app) {
        var sincePush = new Stopwatch();
        String digest = watch.await("bench/" + app, PATIENCE).path("digest").asString();
        routable.add(sincePush.millis());
        if (stack.open("bench-" + app) != 200) {
            throw new ProcessException(app + " does not answer");
        }
        answered.add(sincePush.millis());
        return digest;
    }

    private static double byHand(String image) {
        var watch = new Stopwatch();
        Docker.run("pull", "--quiet", image);
        String container = Docker.run("create", image);
        double took = watch.millis();
        Docker.run("rm", container);
        return took;
    }

    /** Bytes that no engine has, not even of the last run. */
    private static List<byte[]> layers() {
        var data = new byte[LAYER_BYTES];
        new SplittableRandom().nextBytes(data);
        return List.of(Docker.busyboxLayer(), Tar.of(Map.of("www/index.html", new byte[] {'h', 'i'}, "data", data)));
    }
}
