package dev.rac.cli;

import dev.rac.registryauth.RegistryAuth;
import dev.rac.registryauth.RegistryAuthSettings;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rac registry-auth}. */
@Command(
        name = "registry-auth",
        mixinStandardHelpOptions = true,
        description = {
            "Runs registry-auth alone: users, claims, and the tokens that the registry asks for.",
            "Give the registry the bundle RAC_DATA/certs/registry-bundle.pem as its rootcertbundle, issuer \"rac\",",
            "and RAC_DOMAIN as its service."
        },
        footer = {
            "",
            "Needs nothing; with other services elsewhere, set RAC_SERVICE_SECRET, else it is made and kept in"
                    + " RAC_DATA,",
            "and RAC_REGISTRY_URL, without which nobody can list the repositories."
        })
final class RegistryAuthCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        return Foreground.run(lifecycle -> {
            var environment = new Environment(System.getenv());
            var settings = RegistryAuthSettings.read(environment);
            environment.check();
            var metrics = lifecycle.started(new Metrics());
            var service = lifecycle.started(RegistryAuth.start(settings, metrics));
            System.out.println("ready: " + service.uri());
        });
    }
}
