package dev.rac.targets.kubernetes;

import dev.rac.targets.TargetException;
import dev.rac.targets.Updates;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which cluster, and where in it.
 *
 * @param namespace holds the apps and nothing else; created if it is not there
 * @param storageClass of new volumes; empty: the cluster's default
 * @param volumeBytes size of a new volume, at least 1
 * @param updates how running apps are replaced
 * @param cluster how to reach the API server, and as whom
 */
public record KubernetesSettings(
        String namespace, Optional<String> storageClass, long volumeBytes, Updates updates, Config cluster) {
    /** Size of a new volume unless told otherwise: 1 GiB. */
    public static final long DEFAULT_VOLUME_BYTES = 1L << 30;

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    // A server that is not there must not be waited for longer than a user would.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    // After 100, 200 and 400 ms: enough for a connection that the server closed, and for its restart behind a balancer.
    private static final int RETRIES = 3;

    /**
     * Settings for the cluster that is configured on this machine: the kubeconfig given, else the pod's own service
     * account, else {@code ~/.kube/config}.
     *
     * @param kubeconfig path of a kubeconfig file; its current context is used
     * @return nothing if no cluster is configured
     * @throws TargetException if the kubeconfig cannot be read
     */
    public static Optional<KubernetesSettings> discover(
            String namespace, Optional<String> storageClass, Updates updates, Optional<Path> kubeconfig) {
        return cluster(kubeconfig)
                .map(config -> new KubernetesSettings(namespace, storageClass, DEFAULT_VOLUME_BYTES, updates, config));
    }

    /** Never shows credentials. */
    @Override
    public String toString() {
        return "namespace " + namespace + " at " + cluster.getMasterUrl();
    }

    private static Optional<Config> cluster(Optional<Path> kubeconfig) {
        if (kubeconfig.isPresent()) {
            return Optional.of(read(kubeconfig.orElseThrow()));
        }
        if (Files.isReadable(SERVICE_ACCOUNT)) {
            return Optional.of(withLimits(Config.autoConfigure(null)));
        }
        Path personal = Path.of(System.getProperty("user.home"), ".kube", "config");
        return Files.isReadable(personal) ? Optional.of(read(personal)) : Optional.empty();
    }

    private static Config read(Path kubeconfig) {
        File file = kubeconfig.toFile();
        if (!file.canRead()) {
            throw new TargetException("the kubeconfig " + kubeconfig + " cannot be read; correct KUBECONFIG");
        }
        try {
            return withLimits(Config.fromKubeconfig(file));
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new TargetException(
                    "the kubeconfig " + kubeconfig + " is not one (" + ApiErrors.reason(e) + "); correct it", e);
        }
    }

    private static Config withLimits(Config config) {
        config.setConnectionTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
        config.setRequestTimeout(Math.toIntExact(REQUEST_TIMEOUT.toMillis()));
        config.setRequestRetryBackoffLimit(RETRIES);
        return config;
    }
}
