package dev.rac.targets.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;

/**
 * What an app's Deployment says while it is updated. Pure.
 *
 * <p>Kubernetes takes a new pod for available as soon as it runs, and then deletes the old one, which ends at once. So
 * for as long as an update lasts, and its drain, no pod counts as available before the hold is over; and that takes far
 * longer than both. All of them are made of what was read, and are taken at that version only.
 */
final class UpdateManifests {
    /** For how long a new pod must run before Kubernetes would delete the old one. */
    static final int HOLD_SECONDS = 86_400;

    // Kubernetes wants more than that.
    private static final int PROGRESS_SECONDS = 2 * HOLD_SECONDS;
    // Kubernetes' own default.
    private static final int USUAL_PROGRESS_SECONDS = 600;

    private UpdateManifests() {}

    /** The new revision beside the one that runs, which counts until {@link Names#LAST} is taken away. */
    static Deployment beside(Deployment wanted, AppView now) {
        String last = Names.annotation(now.deployment(), now.updating() ? Names.LAST : Names.APP);
        return new DeploymentBuilder(wanted)
                .editMetadata()
                .withResourceVersion(now.version())
                .addToAnnotations(Names.LAST, last)
                .endMetadata()
                .editSpec()
                .withReplicas(now.replicas())
                .withMinReadySeconds(HOLD_SECONDS)
                .withProgressDeadlineSeconds(PROGRESS_SECONDS)
                .endSpec()
                .build();
    }

    /** What was there before an update, word for word: of the same template, Kubernetes keeps the pods. */
    static Deployment back(Deployment before, AppView now) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(before.getMetadata().getName())
                .withLabels(before.getMetadata().getLabels())
                .withAnnotations(Map.of(Names.APP, Names.annotation(before, Names.APP)))
                .withResourceVersion(now.version())
                .endMetadata()
                .withSpec(before.getSpec())
                .editSpec()
                .withReplicas(now.replicas())
                .withMinReadySeconds(0)
                .withProgressDeadlineSeconds(USUAL_PROGRESS_SECONDS)
                .endSpec()
                .build();
    }

    /** The app asleep, in place of what is there. */
    static Deployment asleep(Deployment wanted, String version) {
        return new DeploymentBuilder(wanted)
                .editMetadata()
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }
}
