package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.Platform;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods that only make their node pull an image: their command is not in it, so that nothing of it ever runs. They have
 * no app's name as a label, and so are nobody's instance. Pure.
 */
final class PullPods {
    // No image has it.
    private static final String COMMAND = "/rac-only-pulls-this-image";
    private static final long MEMORY_BYTES = 16L << 20;
    private static final Set<String> REPELLING = Set.of("NoSchedule", "NoExecute");

    private PullPods() {}

    /** What a pull is doing. */
    enum State {
        PULLING,
        PULLED,
        /** The registry refuses, or is not reached. */
        REFUSED,
        /** The node does not take the pod, for reasons of its own. */
        UNKNOWN
    }

    static Map<String, String> labels(App app) {
        return Map.of(
                Names.MANAGED_BY, Names.RAC,
                Names.PART_OF, Names.RAC,
                Names.INSTANCE, app.name().value(),
                Names.COMPONENT, Names.PULL_COMPONENT);
    }

    /** Whether an app's pod could come to a node. */
    static boolean isSuitable(Node node, Platform platform) {
        return Names.label(node, "kubernetes.io/os").equals(platform.os())
                && Names.label(node, "kubernetes.io/arch").equals(platform.architecture())
                && !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && node.getSpec().getTaints().stream().noneMatch(taint -> REPELLING.contains(taint.getEffect()))
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /** Whether a node says that it has an image; it tells of its largest ones only, and some seconds late. */
    static boolean hasImage(Node node, String image) {
        return node.getStatus().getImages().stream()
                .anyMatch(there -> there.getNames() != null && there.getNames().contains(image));
    }

    /** The pod for one node, which needs no scheduler. */
    static Pod pod(App app, String node, Duration timeout) {
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName("image-pull-")
                .withLabels(labels(app))
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .withRestartPolicy("Never")
                // Should nobody come back to delete it.
                .withActiveDeadlineSeconds(timeout.toSeconds())
                .withTerminationGracePeriodSeconds(0L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withImagePullSecrets(new LocalObjectReference(Names.pullSecret(app.name())))
                .withNewSecurityContext()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName(Names.CONTAINER)
                .withImage(app.image())
                .withImagePullPolicy("IfNotPresent")
                .withCommand(COMMAND)
                .withNewResources()
                // Starting a container, the pod's own too, counts against its processor time: with little, it takes
                // seconds.
                .withLimits(PodTemplates.resources(1000, MEMORY_BYTES))
                .withRequests(PodTemplates.resources(1, MEMORY_BYTES))
                .endResources()
                .withSecurityContext(PodTemplates.containerSecurity())
                .endContainer()
                .endSpec()
                .build();
    }

    static State state(Pod pod) {
        Optional<PodFailure> failure = PodFailure.of(pod);
        if (failure.isPresent()) {
            // Whatever fails but the pull comes after it.
            return failure.orElseThrow().mayPass() ? State.REFUSED : State.PULLED;
        }
        return AppView.isEnding(pod) ? State.UNKNOWN : State.PULLING;
    }
}
