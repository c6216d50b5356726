package dev.rac.targets.kubernetes;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withHealth;
import static dev.rac.targets.TestApps.withImage;
import static dev.rac.targets.TestApps.withSettings;
import static dev.rac.targets.TestApps.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.Endpoint;
import dev.rac.targets.RecordingWatcher;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** That the rights which rac-target-rbac.yaml grants, and no others, are all that the adapter needs. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesRightsIT extends KubernetesFixture {
    private static final Path MANIFEST = Path.of("src/main/kubernetes/rac-target-rbac.yaml");

    private List<HasMetadata> granted = List.of();

    @AfterEach
    void withdraw() {
        granted.forEach(object -> cluster.client().resource(object).delete());
    }

    @Test
    void theRightsInTheManifestAreEnough() throws IOException {
        String user = grant();
        KubernetesSettings settings = cluster.settings(namespace);
        settings.cluster().setImpersonateUsername(user);
        var watcher = new RecordingWatcher();
        try (Target limited = KubernetesTarget.connect(settings)) {
            limited.watch(watcher);
            App app = withVolumes(app(name, images.web("one")), "/data");
            limited.deploy(app, AppSecrets.of(registry.credential()));
            assertThat(get(limited.wake(name, PATIENCE).getFirst(), "/")).isEqualTo("one");
            limited.sleep(name);

            App crashing = withImage(app, images.crashing());
            limited.deploy(crashing, AppSecrets.of(registry.credential()));
            wakeInVain(limited);
            wakeInVain(limited);
            limited.fail(crashing, "it ended");

            assertThat(limited.apps()).singleElement().satisfies(status -> {
                assertThat(status.state()).isEqualTo(AppState.FAILED);
                assertThat(status.failure().orElseThrow().logLines()).contains("no settings found");
            });
            limited.remove(name);
            limited.removeVolumes(name);
            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals(RecordingWatcher.REMOVED));
        }
    }

    @Test
    void theyAreEnoughForAnUpdateOfWhatRunsItsLogAndItsVariables() throws Exception {
        String user = grant();
        KubernetesSettings settings = cluster.settings(namespace);
        settings.cluster().setImpersonateUsername(user);
        try (Target limited = KubernetesTarget.connect(settings);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            App one = withSettings(app(name, images.web("one")), "1");
            limited.deploy(one, new AppSecrets(registry.credential(), Map.of("PASSWORD", "first")));
            limited.wake(name, PATIENCE);

            App talking = withHealth(withSettings(withImage(one, images.talking()), "2"), Duration.ofSeconds(2));
            assertThatThrownBy(() -> limited.deploy(
                            talking, new AppSecrets(registry.credential(), Map.of("PASSWORD", "second"))))
                    .isInstanceOf(AppFailedException.class);
            assertThat(secrets()).hasSize(1);
            App two = withSettings(withImage(one, images.web("two")), "3");
            limited.deploy(two, new AppSecrets(registry.credential(), Map.of("PASSWORD", "third")));
            Endpoint endpoint = limited.wake(name, PATIENCE).getFirst();
            assertThat(get(endpoint, "/environment").lines()).contains("PASSWORD=third");
            assertThat(secrets()).hasSize(1);
            Future<?> following =
                    threads.submit(() -> limited.followLog(name, endpoint.instance(), Optional.empty(), line -> {}));
            await().atMost(PATIENCE).until(() -> running(name) == 1);
            assertThat(cluster.client()
                            .services()
                            .inNamespace(namespace)
                            .withName(Names.service(name))
                            .get()
                            .getSpec()
                            .getPorts())
                    .extracting(ServicePort::getPort)
                    .containsExactly(80);
            assertThat(policies()).hasSize(1);

            limited.remove(name);
            following.get(60, TimeUnit.SECONDS);
            assertThat(policies()).isEmpty();
            assertThat(secrets()).isEmpty();
        }
    }

    private List<NetworkPolicy> policies() {
        return cluster.client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withLabels(Names.labels(name))
                .list()
                .getItems();
    }

    private List<Secret> secrets() {
        return cluster.client()
                .secrets()
                .inNamespace(namespace)
                .withLabels(Names.labels(name, Names.ENVIRONMENT_COMPONENT))
                .list()
                .getItems();
    }

    @Test
    void aMissingRightIsNamedWithWhatToDo() {
        KubernetesSettings settings = cluster.settings(namespace);
        settings.cluster().setImpersonateUsername("system:serviceaccount:default:nobody");

        assertThatThrownBy(() -> KubernetesTarget.connect(settings))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("forbidden")
                .hasMessageContaining("rac-target-rbac.yaml")
                .hasMessageNotContaining("\n");
    }

    private void wakeInVain(Target target) {
        try {
            target.wake(name, PATIENCE);
        } catch (AppFailedException e) {
            assertThat(e.failure().exitCode()).contains(3);
        }
        await().atMost(PATIENCE).until(() -> target.find(name).orElseThrow().state() == AppState.FAILED);
    }

    /** Creates the manifest's roles under names of this test's own. */
    private String grant() throws IOException {
        String manifest = Files.readString(MANIFEST)
                .replace(": rac\n", ": " + namespace + "\n")
                .replace("rac-target", "rac-target-" + namespace);
        var bytes = new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8));
        granted = cluster.client().load(bytes).items().stream()
                .filter(object -> object.getMetadata().getName().startsWith("rac-target-"))
                .toList();
        assertThat(granted).hasSize(4);
        granted.forEach(object -> cluster.client().resource(object).create());
        return "system:serviceaccount:rac-system:" + namespace;
    }
}
