package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.Platform;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has an app's image pulled when it is pushed, so that no wake waits for it. What is too slow, or has no room, is left
 * to the wake. One image at a time, so that pushes do not crowd out what the nodes run. Thread-safe.
 */
final class ImagePull {
    private static final Logger LOG = LoggerFactory.getLogger(ImagePull.class);

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int MAX_NODES = 10;
    // A kubelet may not read the credential yet when it has just got the pod, and then asks the registry without it.
    private static final int ATTEMPTS = 2;

    private final KubernetesClient client;
    private final String namespace;
    private final Platform platform;
    private final ApiErrors errors;
    private final ReentrantLock one = new ReentrantLock(true);

    ImagePull(KubernetesClient client, String namespace, Platform platform, ApiErrors errors) {
        this.client = client;
        this.namespace = namespace;
        this.platform = platform;
        this.errors = errors;
    }

    /**
     * Returns when the nodes that may run the app have its image, or when that takes too long.
     *
     * @throws TargetException if none of them can pull it
     */
    void pull(App app) {
        try {
            one.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted before " + app.image() + " was pulled", e);
        }
        try {
            Deadline deadline = Deadline.in(TIMEOUT);
            Optional<PodFailure> refused = tried(app, deadline);
            for (int attempt = 1; attempt < ATTEMPTS && refused.isPresent(); attempt++) {
                refused = tried(app, deadline);
            }
            if (refused.isPresent()) {
                throw new TargetException(
                        app.name() + ": " + refused.orElseThrow().failure().reason());
            }
        } finally {
            one.unlock();
        }
    }

    /** Why no node can pull it; nothing if one can, or if that is not known in time. */
    private Optional<PodFailure> tried(App app, Deadline deadline) {
        try {
            List<Pod> pods = nodes(app).stream()
                    .flatMap(node -> start(app, node.getMetadata().getName()).stream())
                    .toList();
            List<Pod> ends =
                    pods.stream().flatMap(pod -> end(pod, deadline).stream()).toList();
            List<Pod> refusals = ends.stream()
                    .filter(pod -> PullPods.state(pod) == PullPods.State.REFUSED)
                    .toList();
            refusals.forEach(
                    pod -> LOG.warn("node {} cannot pull {}", pod.getSpec().getNodeName(), app.image()));
            return refusals.size() < pods.size()
                    ? Optional.empty()
                    : refusals.stream().findFirst().flatMap(PodFailure::of);
        } finally {
            delete(app);
        }
    }

    private List<Node> nodes(App app) {
        return errors.call("read the nodes", () -> client.nodes().list().getItems()).stream()
                .filter(node -> PullPods.isSuitable(node, platform) && !PullPods.hasImage(node, app.image()))
                .limit(MAX_NODES)
                .toList();
    }

    private Optional<Pod> start(App app, String node) {
        return errors.call("pull " + app.image() + " on node " + node, () -> {
            try {
                return Optional.of(client.pods()
                        .inNamespace(namespace)
                        .resource(PullPods.pod(app, node, TIMEOUT))
                        .create());
            } catch (KubernetesClientException e) {
                if (ApiErrors.isQuota(e)) {
                    LOG.warn("{} is not pulled before it is needed: {}", app.image(), ApiErrors.reason(e));
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** The pod when its pull is over; nothing if that is not so in time, or if somebody deleted it. */
    private Optional<Pod> end(Pod pod, Deadline deadline) {
        return errors.call("watch pod " + pod.getMetadata().getName(), () -> {
            try {
                return Optional.ofNullable(client.resource(pod)
                        .inNamespace(namespace)
                        .waitUntilCondition(
                                seen -> seen == null || PullPods.state(seen) != PullPods.State.PULLING,
                                Math.max(1, deadline.left().toMillis()),
                                TimeUnit.MILLISECONDS));
            } catch (KubernetesClientTimeoutException e) {
                LOG.warn(
                        "{} is still being pulled after {} s",
                        pod.getSpec().getContainers().getFirst().getImage(),
                        TIMEOUT.toSeconds());
                return Optional.empty();
            }
        });
    }

    /** Those that an earlier process may have left too. */
    private void delete(App app) {
        errors.call(
                "delete the pods that pulled " + app.image(),
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabels(PullPods.labels(app))
                        .withGracePeriod(0)
                        .delete());
    }
}
