package dev.rac.stack;

import dev.rac.service.settings.Environment;
import dev.rac.targets.Updates;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where apps run.
 *
 * @param kind the platform; empty: the first one found
 * @param namespace tells this RAC's apps from those of others on the same platform
 * @param dockerHost the engine's address; empty: the local socket
 * @param kubeconfig the file that {@code KUBECONFIG} names
 * @param storageClass of the volumes on Kubernetes; empty: the cluster's default
 * @param updates how running apps are replaced
 */
public record TargetSettings(
        Optional<Kind> kind,
        String namespace,
        Optional<String> dockerHost,
        Optional<Path> kubeconfig,
        Optional<String> storageClass,
        Updates updates) {
    private static final String ENGINE = "unix:///[^ ?#]+|tcp://[A-Za-z0-9.-]+:[0-9]{1,5}/?";
    private static final String NAMESPACE = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";

    /** A platform. */
    public enum Kind {
        KUBERNETES,
        DOCKER
    }

    public static TargetSettings read(Environment environment) {
        String namespace = environment.text("RAC_NAMESPACE", "rac");
        if (!namespace.matches(NAMESPACE)) {
            environment.error(
                    "RAC_NAMESPACE",
                    "is \"" + namespace + "\"",
                    "expected 1 to 32 lower-case letters, digits and dashes, with no dash at either end");
        }
        environment
                .find("DOCKER_HOST")
                .filter(host -> !host.matches(ENGINE))
                .ifPresent(host -> environment.error(
                        "DOCKER_HOST", "is \"" + host + "\"", "expected unix:///path or tcp://host:port"));
        return new TargetSettings(
                environment.choice("RAC_TARGET", Kind.class),
                namespace,
                environment.find("DOCKER_HOST"),
                environment.find("KUBECONFIG").map(Path::of),
                environment.find("RAC_STORAGE_CLASS"),
                new Updates(
                        environment.text("RAC_DOMAIN", "localhost").toLowerCase(Locale.ROOT),
                        environment.duration("RAC_DRAIN_TIMEOUT", Updates.DEFAULT_DRAIN_TIMEOUT)));
    }
}
