package dev.rac.targets.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** What holds up an app that has neither an address nor failed. Pure. */
final class PodTrouble {
    private PodTrouble() {}

    /** Why no node takes the app's pod; nothing if one did, or if the scheduler has not said so. */
    static Optional<String> noNode(AppView view) {
        return view.livePods().stream()
                .flatMap(pod -> pod.getStatus().getConditions().stream())
                .filter(condition -> condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("False"))
                .findFirst()
                .map(condition -> "no node takes it: "
                        + Optional.ofNullable(condition.getMessage()).orElse("the scheduler does not say why"));
    }

    /** What it waits for, as far as the cluster says. */
    static String delay(AppView view) {
        return view.livePods().stream()
                .findFirst()
                .map(PodTrouble::delay)
                .or(() -> quota(view))
                .orElse("the cluster has made no pod for it");
    }

    private static String delay(Pod pod) {
        return AppView.container(pod)
                .map(container -> container.getState())
                .map(ContainerState::getWaiting)
                .map(ContainerStateWaiting::getReason)
                .map(reason -> "its container is still waiting (" + reason + ")")
                .orElse("its container is not started yet");
    }

    /** Why no pod may be made, such as a quota of the namespace. */
    private static Optional<String> quota(AppView view) {
        return view.deployment().getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("ReplicaFailure")
                        && condition.getStatus().equals("True"))
                .findFirst()
                .map(condition -> Optional.ofNullable(condition.getMessage()).orElse("no pod may be made"));
    }
}
