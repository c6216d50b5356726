package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import dev.rac.targets.Platform;
import dev.rac.targets.TargetFixture;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects as a cluster would show them. */
final class TestObjects {
    static final Instant ENDED_AT = Instant.parse("2026-11-22T03:05:00Z");

    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private TestObjects() {}

    static Manifests manifests(Optional<String> storageClass) {
        var settings = new KubernetesSettings("rac", storageClass, 1L << 30, TargetFixture.UPDATES, Config.empty());
        return new Manifests(settings, new Platform("linux", "amd64"));
    }

    static App app(String... volumes) {
        return new App(
                new AppName("alice-hello"),
                "alice/hello",
                "latest",
                DIGEST,
                "localhost:8080/alice/hello@" + DIGEST,
                8080,
                Map.of("PRICE", "$5 or $(HOME)", "EMPTY", ""),
                List.of(volumes),
                new App.Health(Optional.empty(), Duration.ofSeconds(30)),
                new App.Scaling(0, 1, Optional.empty(), Optional.empty()),
                new App.Resources(500, 256L << 20),
                volumes.length == 0 ? App.Update.START_FIRST : App.Update.STOP_FIRST,
                Map.of(),
                List.of(),
                Optional.of("alice"),
                Instant.parse("2026-11-22T03:04:05Z"),
                Optional.empty());
    }

    static Deployment deployment(int replicas) {
        return new DeploymentBuilder(manifests(Optional.empty()).deployment(app(), Set.of()))
                .editSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }

    /** The app of another digest, which is being started beside this one. */
    static Deployment updating(Deployment awake) {
        AppView now = AppView.of(awake, List.of()).orElseThrow();
        return UpdateManifests.beside(manifests(Optional.empty()).deployment(next(), Set.of()), now);
    }

    /** The app's next revision. */
    static App next() {
        return with(app(), "latest", "sha256:" + "1".repeat(64));
    }

    static App withTag(App app, String tag) {
        return with(app, tag, app.digest());
    }

    private static App with(App app, String tag, String digest) {
        return new App(
                app.name(),
                app.repository(),
                tag,
                digest,
                "localhost:8080/alice/hello@" + digest,
                app.port(),
                app.environment(),
                app.volumes(),
                app.health(),
                app.scaling(),
                app.resources(),
                app.update(),
                app.description(),
                app.warnings(),
                app.pushedBy(),
                app.pushedAt(),
                app.settings());
    }

    static Deployment withFailure(Deployment deployment, Failure failure) {
        return new DeploymentBuilder(deployment)
                .editMetadata()
                .addToAnnotations(Names.FAILURE, AppJson.write(failure))
                .endMetadata()
                .build();
    }

    /** A pod of the deployment's revision, with an address. */
    static Pod pod(Deployment deployment, String uid, ContainerState state) {
        return pod(deployment, uid, state, new ContainerState());
    }

    static Pod pod(Deployment deployment, String uid, ContainerState state, ContainerState lastState) {
        var template = deployment.getSpec().getTemplate();
        return new PodBuilder()
                .withMetadata(template.getMetadata().edit().build())
                .editMetadata()
                .withName("alice-hello-1-" + uid)
                .withUid(uid)
                .withCreationTimestamp("2026-11-22T03:04:50Z")
                .endMetadata()
                .withSpec(template.getSpec().edit().build())
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("172.17.0.9")
                .addNewContainerStatus()
                .withName(Names.CONTAINER)
                .withState(state)
                .withLastState(lastState)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    static Pod ending(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp("2026-11-22T03:06:00Z")
                .endMetadata()
                .build();
    }

    static Pod ofAnotherRevision(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(Names.REVISION, "another")
                .endMetadata()
                .build();
    }

    static Pod inPhase(Pod pod, String phase) {
        return new PodBuilder(pod).editStatus().withPhase(phase).endStatus().build();
    }

    static ContainerState running() {
        return new ContainerStateBuilder()
                .withNewRunning("2026-11-22T03:04:55Z")
                .build();
    }

    static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder().withNewWaiting(message, reason).build();
    }

    static ContainerState terminated(int exitCode, String reason, String message) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .withFinishedAt(ENDED_AT.toString())
                .endTerminated()
                .build();
    }
}
