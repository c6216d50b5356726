package dev.rac.targets.kubernetes;

import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a waker finds when it looks at the app that it has scaled up. Pure. */
sealed interface WakeStep {
    /** It has addresses. */
    record Ready(List<Endpoint> endpoints) implements WakeStep {}

    /** Its pod has failed. */
    record Failed(Pod pod, PodFailure failure) implements WakeStep {}

    /** Another revision was deployed meanwhile, and sleeps. */
    record Replaced() implements WakeStep {}

    /** Somebody put it to sleep meanwhile, with a failure or without. */
    record Stopped(Optional<Failure> failure) implements WakeStep {}

    /** Somebody removed it meanwhile. */
    record Removed() implements WakeStep {}

    /**
     * The step, if it is more than to go on waiting.
     *
     * @param view the app, no older than the scaling
     * @param revision the one that was scaled up
     * @param spent the uids of pods that had failed before
     */
    static Optional<WakeStep> of(Optional<AppView> view, String revision, Set<String> spent) {
        if (view.isEmpty()) {
            return Optional.of(new Removed());
        }
        AppView app = view.orElseThrow();
        if (app.replicas() == 0) {
            return Optional.of(app.revision().equals(revision) ? new Stopped(app.recordedFailure()) : new Replaced());
        }
        List<Endpoint> endpoints = app.endpoints();
        if (!endpoints.isEmpty()) {
            return Optional.of(new Ready(endpoints));
        }
        for (Pod pod : app.livePods()) {
            Optional<PodFailure> failure = PodFailure.of(pod);
            if (failure.isPresent() && !spent.contains(AppView.uid(pod))) {
                return Optional.of(new Failed(pod, failure.orElseThrow()));
            }
        }
        return Optional.empty();
    }
}
