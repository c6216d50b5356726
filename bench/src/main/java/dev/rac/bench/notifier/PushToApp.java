package dev.rac.bench.notifier;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Aim;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.process.Pause;
import dev.rac.bench.process.ProcessException;
import java.time.Duration;
import java.util.ArrayList;

/** From the end of {@code docker push} to an app that is routed and to its first answer, and the same by hand. */
final class PushToApp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(2);
    private static final int WARM_UP = 3;
    private static final int PUSHES = 10;
    private static final Aim AIM = new Aim("from the push's end to routable, to by hand", Aim.Bound.AT_MOST, 1.3);

    private PushToApp() {}

    static String measure(Stack stack, Workplace place) {
        var routable = new ArrayList<Double>();
        var answered = new ArrayList<Double>();
        var byHand = new ArrayList<Double>();
        int pushes = place.effort().equals(Effort.FULL) ? PUSHES : 2;
        for (int i = 0; i < WARM_UP + pushes; i++) {
            String app = "push-" + i;
            String image = stack.registry() + "/bench/" + app;
            Docker.build(image, "page " + i, place.scratch());
            Docker.run("push", image);
            var sincePush = new Stopwatch();
            String digest = awaitApp(stack, "bench/" + app, sincePush);
            double routed = sincePush.millis();
            if (stack.open("bench-" + app) != 200) {
                throw new ProcessException(app + " does not answer");
            }
            double first = sincePush.millis();
            double hand = byHand(image + "@" + digest);
            if (i >= WARM_UP) {
                routable.add(routed);
                answered.add(first);
                byHand.add(hand);
            }
        }
        Figure ratio = Figure.ratio(routable, byHand);
        var table = new Table("from the end of `docker push`, each another image", "ms")
                .row("to routable", Numbers.of(Figure.of(routable)))
                .row("to the first answer", Numbers.of(Figure.of(answered)))
                .row("by hand: `docker pull` and `docker create`", Numbers.of(Figure.of(byHand)))
                .row(
                        "**routable, to by hand: at most 1.3**",
                        Numbers.of(ratio) + (AIM.metBy(ratio) ? " met" : " **missed**"));
        return """
                The engine that pushed is the one that runs, so that its layers are there, in both cases; by hand \
                the client's two starts count.

                """ + table;
    }

    private static String awaitApp(Stack stack, String repository, Stopwatch since) {
        while (!since.isOver(PATIENCE)) {
            var app = stack.app(repository);
            if (app.path("state").asString("").equals("asleep")) {
                return app.path("digest").asString();
            }
            Pause.of(LOOK);
        }
        throw new ProcessException(repository + " is not deployed: " + stack.app(repository));
    }

    private static double byHand(String image) {
        var watch = new Stopwatch();
        Docker.run("pull", "--quiet", image);
        String container = Docker.run("create", image);
        double took = watch.millis();
        Docker.run("rm", container);
        return took;
    }
}
