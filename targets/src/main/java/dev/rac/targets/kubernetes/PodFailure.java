package dev.rac.targets.kubernetes;

import dev.rac.targets.Failure;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a pod's container does not run, from what the kubelet says of it. Pure.
 *
 * @param failure with the log lines that the kubelet tells, of 2 KiB at most
 * @param mayPass whether a next attempt, without any change to the app, may well succeed
 */
record PodFailure(Failure failure, boolean mayPass) {
    private static final Set<String> CANNOT_PULL =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");
    private static final Set<String> CANNOT_CREATE = Set.of("CreateContainerConfigError", "CreateContainerError");
    private static final Set<String> CANNOT_RUN = Set.of("RunContainerError", "ContainerCannotRun", "StartError");

    // 128 and the number of SIGKILL.
    private static final int KILLED = 137;

    /** Nothing if the container runs, or may yet. */
    static Optional<PodFailure> of(Pod pod) {
        return AppView.container(pod).flatMap(container -> failure(pod, container));
    }

    /** As {@link #of}, but also if the container ended and runs again. */
    static Optional<PodFailure> ofAnyRun(Pod pod) {
        return of(pod).or(() ->
                AppView.container(pod).flatMap(PodFailure::lastEnd).map(end -> ended(pod, end)));
    }

    /** The exit status of the container's last run, running again or not. */
    static Optional<Integer> exitCode(Pod pod) {
        return AppView.container(pod).flatMap(PodFailure::lastEnd).map(ContainerStateTerminated::getExitCode);
    }

    private static Optional<PodFailure> failure(Pod pod, ContainerStatus container) {
        ContainerState state = container.getState();
        if (state.getRunning() != null) {
            return Optional.empty();
        }
        if (state.getTerminated() != null) {
            return Optional.of(ended(pod, state.getTerminated()));
        }
        return Optional.ofNullable(state.getWaiting()).flatMap(waiting -> waiting(pod, container, waiting));
    }

    private static Optional<PodFailure> waiting(Pod pod, ContainerStatus container, ContainerStateWaiting waiting) {
        String reason = Optional.ofNullable(waiting.getReason()).orElse("");
        String message = oneLine(waiting.getMessage());
        if (reason.equals("CrashLoopBackOff")) {
            return Optional.of(lastEnd(container)
                    .map(end -> ended(pod, end))
                    .orElseGet(() -> unstarted(pod, "it ends again and again", false)));
        }
        if (CANNOT_PULL.contains(reason)) {
            // The registry may just be restarting. And a kubelet that may not read the credential yet, because the API
            // server's node authorizer has not seen the pod, tries without it.
            return Optional.of(unstarted(pod, "its image cannot be pulled: " + image(pod) + message, true));
        }
        if (CANNOT_CREATE.contains(reason)) {
            return Optional.of(unstarted(pod, "its container cannot be created" + message, false));
        }
        if (CANNOT_RUN.contains(reason)) {
            return Optional.of(unstarted(pod, "its process cannot be started" + message, false));
        }
        return Optional.empty();
    }

    private static PodFailure ended(Pod pod, ContainerStateTerminated end) {
        String reason = Optional.ofNullable(end.getReason()).orElse("");
        Optional<Integer> exitCode = Optional.ofNullable(end.getExitCode());
        String message = Optional.ofNullable(end.getMessage()).orElse("");
        boolean hasRun = !CANNOT_RUN.contains(reason);
        String text;
        if (!hasRun) {
            text = "its process cannot be started" + oneLine(message);
        } else if (reason.equals("OOMKilled")) {
            text = "it was ended because it needed more memory than it may use";
        } else if (exitCode.filter(code -> code == KILLED).isPresent()) {
            // Not every runtime always tells the reason.
            text = "it was killed (status 137), maybe because it needed more memory than it may use";
        } else {
            text = "its process ended with status "
                    + exitCode.map(String::valueOf).orElse("unknown");
        }
        Instant at = instant(Optional.ofNullable(end.getFinishedAt())
                .orElseGet(() -> pod.getMetadata().getCreationTimestamp()));
        return new PodFailure(new Failure(text, exitCode, at, hasRun ? LogLines.last(message) : List.of()), false);
    }

    private static PodFailure unstarted(Pod pod, String reason, boolean mayPass) {
        Instant at = instant(pod.getMetadata().getCreationTimestamp());
        return new PodFailure(new Failure(reason, Optional.empty(), at, List.of()), mayPass);
    }

    private static Optional<ContainerStateTerminated> lastEnd(ContainerStatus container) {
        return Optional.ofNullable(container.getState().getTerminated())
                .or(() -> Optional.ofNullable(container.getLastState()).map(ContainerState::getTerminated));
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    private static String oneLine(String message) {
        return Optional.ofNullable(message)
                .map(text -> ": " + text.strip().replaceAll("\\s+", " "))
                .orElse("");
    }

    private static Instant instant(String timestamp) {
        try {
            return Instant.parse(timestamp);
        } catch (DateTimeException e) {
            // Kubernetes writes RFC 3339; should it not, the failure itself matters more than its time.
            return Instant.EPOCH;
        }
    }
}
