package dev.rac.targets.kubernetes;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.App;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import dev.rac.targets.Updates;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What becomes of updates that others interrupt: a process that dies in their midst, a front door, another push. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesUpdateIT extends KubernetesFixture {
    @Test
    void anUpdateThatWasLeftBehindGoesOnWhenItIsDeployedAgain() {
        App one = deploy(app(name, images.web("one")));
        Endpoint old = wake();
        App two = withImage(one, images.web("two"));
        leaveBehind(two);
        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.app()).isEqualTo(one);
            assertThat(status.updating()).isTrue();
            assertThat(status.endpoints()).containsExactly(old);
        });

        deploy(two);

        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.app()).isEqualTo(two);
            assertThat(status.updating()).isFalse();
        });
        assertThat(get(wake(), "/")).isEqualTo("two");
        await().atMost(PATIENCE).until(() -> running(name) == 1);
    }

    @Test
    void anUpdateThatWasLeftBehindEndsWhenWhatServesIsDeployedAgain() {
        App one = deploy(app(name, images.web("one")));
        Endpoint old = wake();
        leaveBehind(withImage(one, images.misplaced()));

        deploy(one);

        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.app()).isEqualTo(one);
            assertThat(status.updating()).isFalse();
            assertThat(status.endpoints()).containsExactly(old);
        });
        await().atMost(PATIENCE).until(() -> running(name) == 1);
        assertThat(wake()).isEqualTo(old);
    }

    @Test
    void aDrainThatWasLeftBehindIsEndedByWhoConnectsNext() {
        App one = deploy(app(name, images.web("one")));
        wake();
        try (var slow = KubernetesTarget.connect(withDrain(Duration.ofHours(1)))) {
            slow.deploy(withImage(one, images.web("two")), AppSecrets.of(registry.credential()));
            assertThat(running(name)).isEqualTo(2);

            try (Target next = connect(namespace)) {
                await().atMost(PATIENCE).until(() -> running(name) == 1);
                assertThat(next.find(name).orElseThrow().state()).isEqualTo(AppState.AWAKE);
            }
        }
        assertThat(get(wake(), "/")).isEqualTo("two");
    }

    @Test
    void closingEndsADrainAtOnce() {
        App one = deploy(app(name, images.web("one")));
        wake();
        try (var slow = KubernetesTarget.connect(withDrain(Duration.ofHours(1)))) {
            slow.deploy(withImage(one, images.web("two")), AppSecrets.of(registry.credential()));
            assertThat(running(name)).isEqualTo(2);
        }

        await().atMost(PATIENCE).until(() -> running(name) == 1);
        assertThat(get(wake(), "/")).isEqualTo("two");
    }

    @Test
    void anAppThatIsPutToSleepWhileItIsUpdatedStaysWhatItWasAndSleeps() throws Exception {
        App one = deploy(app(name, images.web("one")));
        wake();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> update = threads.submit(() -> deploy(withImage(one, images.misplaced())));
            await().atMost(PATIENCE).until(() -> target.find(name).orElseThrow().updating());

            target.sleep(name);

            assertThatThrownBy(update::get)
                    .hasCauseInstanceOf(TargetException.class)
                    .hasMessageContaining("put to sleep");
        }
        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.app()).isEqualTo(one);
            assertThat(status.state()).isEqualTo(AppState.ASLEEP);
        });
        assertThat(get(wake(), "/")).isEqualTo("one");
        assertThat(running(name)).isEqualTo(1);
    }

    @Test
    void aScalingDuringTheLookIsNotUndone() {
        App one = deploy(app(name, images.web("one")));
        wake();
        Deployment seen = deployment();
        target.sleep(name);
        var objects = new ApiObjects(cluster.client(), namespace, new ApiErrors("the cluster"));
        AppView now = AppView.of(seen, objects.pods(name)).orElseThrow();

        assertThat(objects.applyUnlessChanged(UpdateManifests.beside(manifest(withImage(one, images.web("two"))), now)))
                .isEmpty();

        assertThat(state()).isEqualTo(AppState.ASLEEP);
        assertThat(target.find(name).orElseThrow().app()).isEqualTo(one);
    }

    /** What a process does before it dies in the midst of an update. */
    private void leaveBehind(App next) {
        AppView now = AppView.of(deployment(), List.of()).orElseThrow();
        cluster.client()
                .resource(new DeploymentBuilder(UpdateManifests.beside(manifest(next), now))
                        .editMetadata()
                        .withResourceVersion(null)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .fieldManager(Names.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        await().atMost(PATIENCE).until(() -> running(name) == 2);
    }

    private Deployment manifest(App app) {
        return new Manifests(cluster.settings(namespace), target.platform()).deployment(app, Set.of());
    }

    private Deployment deployment() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(Names.deployment(name))
                .get();
    }

    private KubernetesSettings withDrain(Duration drain) {
        KubernetesSettings settings = cluster.settings(namespace);
        return new KubernetesSettings(
                namespace,
                settings.storageClass(),
                settings.volumeBytes(),
                new Updates(UPDATES.domain(), drain),
                settings.cluster());
    }
}
