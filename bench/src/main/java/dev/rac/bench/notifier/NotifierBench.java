package dev.rac.bench.notifier;

import dev.rac.bench.plan.ServiceBench;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.stack.Docker;
import dev.rac.bench.stack.Stack;
import java.util.Map;

/** How soon a push is acknowledged and becomes an app, and what many apps cost. */
public final class NotifierBench implements ServiceBench {
    @Override
    public String name() {
        return "notifier";
    }

    @Override
    public String measure(Workplace place) {
        var text = new StringBuilder("""
                ## notifier

                """);
        if (!Docker.works()) {
            return text + "Not measured: no Docker Engine answers, or there is no docker client or static busybox.\n\n";
        }
        place.progress().now("notifier: acknowledgements");
        text.append(Acknowledgements.measure(place));
        place.progress().now("notifier: from a push to an app");
        try (var stack = Stack.start(place, name(), Map.of("RAC_RECONCILE_EVERY", "20s"))) {
            text.append(PushToApp.measure(stack, place));
            text.append(ManyApps.measure(stack, place));
        }
        text.append(ManyDeployments.measure(place));
        return text.toString();
    }
}
