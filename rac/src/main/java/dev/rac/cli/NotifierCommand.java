package dev.rac.cli;

import dev.rac.notifier.Notifier;
import dev.rac.notifier.NotifierSettings;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import dev.rac.stack.TargetFinder;
import dev.rac.stack.TargetSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rac notifier}. */
@Command(
        name = "notifier",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the notifier alone: takes the registry's notifications at POST /notifications and deploys what was pushed.",
            "The registry sends the header Authorization: Bearer RAC_NOTIFICATION_SECRET."
        },
        footer = {
            "",
            "Needs RAC_REGISTRY_URL, RAC_REGISTRY_HOST (the registry as engines see it), RAC_AUTH_URL, RAC_SERVICE_SECRET",
            "and RAC_NOTIFICATION_SECRET; and a target: RAC_TARGET, else what is found."
        })
final class NotifierCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        return Foreground.run(lifecycle -> {
            var environment = new Environment(System.getenv());
            var settings = NotifierSettings.read(environment);
            var where = TargetSettings.read(environment);
            environment.check();
            var target = lifecycle.started(TargetFinder.find(where));
            var metrics = lifecycle.started(new Metrics());
            var service = lifecycle.started(Notifier.start(settings, target, metrics));
            System.out.println("ready: " + service.uri());
        });
    }
}
