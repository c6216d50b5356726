package dev.rac.targets.kubernetes;

import dev.rac.targets.Failure;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the end of what a pod's process wrote. Thread-safe. */
final class PodLog {
    private static final Logger LOG = LoggerFactory.getLogger(PodLog.class);

    // Bounds what is held of lines without end.
    private static final long MAX_BYTES = 1 << 20;

    private final KubernetesClient client;
    private final String namespace;

    PodLog(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The last lines of the run that ended last or, if none has, of the one under way; none if there was no run. */
    List<String> lastLines(Pod pod) {
        Optional<ContainerStatus> container = AppView.container(pod);
        boolean runs = container.map(status -> status.getState().getRunning()).isPresent();
        boolean hasEnded = PodFailure.exitCode(pod).isPresent();
        // Without "previous", a container that waits for its next start shows its last run.
        List<String> lines = runs || hasEnded ? read(pod, runs && hasEnded) : List.of();
        return lines.isEmpty()
                ? PodFailure.of(pod)
                        .map(failure -> failure.failure().logLines())
                        .orElse(lines)
                : lines;
    }

    private List<String> read(Pod pod, boolean previous) {
        String name = pod.getMetadata().getName();
        String uri = "/api/v1/namespaces/" + namespace + "/pods/" + name + "/log?container=" + Names.CONTAINER
                + "&tailLines=" + Failure.MAX_LOG_LINES + "&limitBytes=" + MAX_BYTES + "&previous=" + previous;
        try {
            return Optional.ofNullable(client.raw(uri)).map(LogLines::last).orElse(List.of());
        } catch (KubernetesClientException e) {
            // The failure itself is what matters; the kubelet's own words may still have the last lines.
            LOG.warn("cannot read the log of pod {}: {}", name, ApiErrors.reason(e));
            return List.of();
        }
    }
}
