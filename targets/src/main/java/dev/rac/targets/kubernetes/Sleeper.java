package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Scales apps to nothing, and waits until their pods are told to end. Thread-safe. */
final class Sleeper {
    // The controllers' part: to delete the pods.
    private static final Duration CONTROLLERS = Duration.ofSeconds(30);
    // The kubelet's part: ten seconds for the process; and should it miss that one ended, it looks again every minute.
    private static final Duration KUBELET = Duration.ofSeconds(PodTemplates.STOP_SECONDS + 80);

    private final ApiObjects objects;
    private final Informers informers;

    Sleeper(ApiObjects objects, Informers informers) {
        this.objects = objects;
        this.informers = informers;
    }

    /**
     * Scales to nothing and returns when every pod has been told to end.
     *
     * @param failure what to record; nothing: a recorded one is forgotten
     */
    void stop(AppName app, Optional<Failure> failure) {
        awaitEnding(app, objects.scale(app, 0, failure));
    }

    /**
     * Returns when every pod has been told to end: what a wake finds from then on is another one.
     *
     * @param version the Deployment's since it was scaled to nothing
     */
    void awaitEnding(AppName app, String version) {
        await(
                app,
                CONTROLLERS,
                () -> informers.hasReached(app, version)
                        && (isAwake(app)
                                || (informers.deployment(app).stream().allMatch(Sleeper::isSettled)
                                        && informers.pods(app).stream().allMatch(AppView::isEnding))));
    }

    /**
     * Returns when a Deployment that was deleted, and its pods, are gone.
     *
     * @param uid the Deployment's
     */
    void awaitRemoval(AppName app, String uid) {
        await(app, CONTROLLERS.plus(KUBELET), () -> {
            Optional<Deployment> deployment = informers.deployment(app);
            return deployment.isPresent()
                    ? !deployment.orElseThrow().getMetadata().getUid().equals(uid)
                    : informers.pods(app).stream().allMatch(AppView::hasEnded);
        });
    }

    private boolean isAwake(AppName app) {
        return informers.view(app).filter(view -> view.replicas() > 0).isPresent();
    }

    /** Whether the controllers have taken note of the scaling, so that no more pods are made. */
    private static boolean isSettled(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        return status.getObservedGeneration() != null
                && status.getObservedGeneration() >= deployment.getMetadata().getGeneration()
                && Optional.ofNullable(status.getReplicas()).orElse(0) == 0;
    }

    private void await(AppName app, Duration patience, BooleanSupplier condition) {
        if (!informers.awaitTrue(app, Deadline.in(patience), condition)) {
            throw new TargetException(app + " has not ended after " + patience.toSeconds() + " s"
                    + informers.pods(app).stream()
                            .map(pod -> pod.getMetadata().getName())
                            .collect(Collectors.joining(", ", "; its pods: ", "")));
        }
    }
}
