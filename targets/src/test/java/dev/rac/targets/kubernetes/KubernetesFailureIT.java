package dev.rac.targets.kubernetes;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** How this adapter takes what goes wrong in the cluster. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesFailureIT extends KubernetesFixture {
    private static final Duration SHORT = Duration.ofSeconds(4);

    @Test
    void anAppThatNoNodeTakesHasFailedWithTheSchedulersWords() {
        try (Target poor = withoutVolumes()) {
            poor.deploy(withVolumes(app(name, images.web("one")), "/data"), AppSecrets.of(registry.credential()));

            assertThatThrownBy(() -> poor.wake(name, SHORT))
                    .isInstanceOf(AppFailedException.class)
                    .hasMessageContaining("no node takes it")
                    .hasMessageContaining("PersistentVolumeClaim");
        }
    }

    @Test
    void aSleepEndsAWakeUnderWay() throws Exception {
        try (Target poor = withoutVolumes();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            poor.deploy(withVolumes(app(name, images.web("one")), "/data"), AppSecrets.of(registry.credential()));
            Callable<List<Endpoint>> wake = () -> poor.wake(name, PATIENCE);
            Future<List<Endpoint>> waking = threads.submit(wake);
            await().atMost(PATIENCE).until(() -> !pods().isEmpty());

            target.sleep(name);

            assertThatThrownBy(waking::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TargetException.class)
                    .hasMessageContaining("put to sleep");
        }
    }

    @Test
    void aWakeOfAFailedAppStartsAnotherPodAtOnce() {
        deploy(app(name, images.crashing()));
        wakeInVain();
        String failed = AppView.uid(pods().getFirst());

        wakeInVain();

        assertThat(target.find(name).orElseThrow().state()).isEqualTo(AppState.FAILED);
        assertThat(pods())
                .filteredOn(pod -> !AppView.isEnding(pod))
                .extracting(AppView::uid)
                .doesNotContain(failed)
                .hasSize(1);
    }

    private void wakeInVain() {
        try {
            target.wake(name, PATIENCE);
        } catch (AppFailedException e) {
            assertThat(e.failure().exitCode()).contains(3);
        }
        await().atMost(PATIENCE).until(() -> state() == AppState.FAILED);
    }

    private List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabels(Names.labels(name))
                .list()
                .getItems();
    }

    /** A target whose storage class has no volumes, so that a pod that wants one waits for ever. */
    private Target withoutVolumes() {
        var settings = cluster.settings(namespace);
        return KubernetesTarget.connect(new KubernetesSettings(
                namespace, Optional.of(namespace + "-none"), settings.volumeBytes(), UPDATES, settings.cluster()));
    }
}
