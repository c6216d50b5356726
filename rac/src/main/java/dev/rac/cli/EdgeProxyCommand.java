package dev.rac.cli;

import dev.rac.edgeproxy.EdgeProxy;
import dev.rac.edgeproxy.EdgeProxySettings;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import dev.rac.stack.TargetFinder;
import dev.rac.stack.TargetSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rac edge-proxy}. */
@Command(
        name = "edge-proxy",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the front door alone: registry, API and apps by host name. One per target: several would not know what",
            "each other serves, and put it to sleep."
        },
        footer = {
            "",
            "Needs RAC_REGISTRY_URL, RAC_AUTH_URL and RAC_NOTIFIER_URL; and a target: RAC_TARGET, else what is found."
        })
final class EdgeProxyCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        return Foreground.run(lifecycle -> {
            var environment = new Environment(System.getenv());
            var settings = EdgeProxySettings.read(environment);
            var where = TargetSettings.read(environment);
            environment.check();
            var target = lifecycle.started(TargetFinder.find(where));
            var metrics = lifecycle.started(new Metrics());
            var service = lifecycle.started(EdgeProxy.start(settings, target, metrics));
            System.out.println("ready: " + service.uri());
        });
    }
}
