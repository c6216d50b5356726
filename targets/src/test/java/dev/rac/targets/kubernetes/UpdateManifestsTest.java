package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.app;
import static dev.rac.targets.kubernetes.TestObjects.deployment;
import static dev.rac.targets.kubernetes.TestObjects.manifests;
import static dev.rac.targets.kubernetes.TestObjects.next;
import static dev.rac.targets.kubernetes.TestObjects.pod;
import static dev.rac.targets.kubernetes.TestObjects.running;
import static dev.rac.targets.kubernetes.TestObjects.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UpdateManifestsTest {
    private final Deployment awake = read(deployment(2), "7");
    private final Deployment wanted = manifests(Optional.empty()).deployment(next(), Set.of());

    @Test
    void aNewRevisionStartsBesideTheOldOneWhichIsHeld() {
        Deployment beside = UpdateManifests.beside(wanted, view(awake));

        assertThat(beside.getSpec().getTemplate()).isEqualTo(wanted.getSpec().getTemplate());
        assertThat(beside.getSpec().getReplicas()).isEqualTo(2);
        assertThat(beside.getSpec().getMinReadySeconds()).isEqualTo(UpdateManifests.HOLD_SECONDS);
        assertThat(beside.getSpec().getProgressDeadlineSeconds()).isGreaterThan(UpdateManifests.HOLD_SECONDS);
        assertThat(beside.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(appOf(beside, Names.APP)).isEqualTo(next());
        assertThat(appOf(beside, Names.LAST)).isEqualTo(app());
    }

    @Test
    void anUpdateOfAnUnfinishedUpdateStillHasTheRevisionThatServesForItsLast() {
        Deployment unfinished = read(updating(awake), "8");
        AppView now =
                AppView.of(unfinished, List.of(pod(awake, "old", running()))).orElseThrow();
        Deployment third = manifests(Optional.empty()).deployment(app("/data"), Set.of());

        assertThat(appOf(UpdateManifests.beside(third, now), Names.LAST)).isEqualTo(app());
    }

    @Test
    void whatWasThereComesBackWordForWordAndIsNotHeld() {
        Deployment back = UpdateManifests.back(awake, view(read(updating(awake), "9")));

        assertThat(back.getSpec().getTemplate()).isEqualTo(awake.getSpec().getTemplate());
        assertThat(back.getSpec().getMinReadySeconds()).isZero();
        assertThat(back.getMetadata().getResourceVersion()).isEqualTo("9");
        assertThat(back.getMetadata().getAnnotations()).containsOnlyKeys(Names.APP);
        assertThat(appOf(back, Names.APP)).isEqualTo(app());
    }

    @Test
    void whatFellAsleepMeanwhileComesBackAsleep() {
        Deployment stopped = new DeploymentBuilder(updating(awake))
                .editSpec()
                .withReplicas(0)
                .endSpec()
                .build();

        assertThat(UpdateManifests.back(awake, view(stopped)).getSpec().getReplicas())
                .isZero();
    }

    /** As the API server shows it, with what it adds. */
    private static Deployment read(Deployment deployment, String version) {
        return new DeploymentBuilder(deployment)
                .editMetadata()
                .withResourceVersion(version)
                .withUid("uid")
                .addToAnnotations("deployment.kubernetes.io/revision", "1")
                .endMetadata()
                .build();
    }

    private static AppView view(Deployment deployment) {
        return AppView.of(deployment, List.of()).orElseThrow();
    }

    private static App appOf(Deployment deployment, String annotation) {
        return AppJson.readApp(Names.annotation(deployment, annotation));
    }
}
