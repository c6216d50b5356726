package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.Platform;
import dev.rac.targets.PullCredential;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What an app is on Kubernetes. Pure: values in, manifests out. */
final class Manifests {
    // No roll-back through ReplicaSets: RAC deploys the older digest instead.
    private static final int KEPT_REPLICA_SETS = 0;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Optional<String> storageClass;
    private final long volumeBytes;
    private final PodTemplates pods;

    Manifests(KubernetesSettings settings, Platform platform) {
        storageClass = settings.storageClass();
        volumeBytes = settings.volumeBytes();
        pods = new PodTemplates(platform);
    }

    /** The app asleep. */
    Deployment deployment(App app) {
        String json = AppJson.write(app);
        Map<String, String> labels = Names.labels(app.name());
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(Names.deployment(app.name()))
                .withLabels(labels)
                .withAnnotations(Map.of(Names.APP, json))
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withRevisionHistoryLimit(KEPT_REPLICA_SETS)
                .withStrategy(strategy())
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withTemplate(pods.template(app, Names.revision(json)))
                .endSpec()
                .build();
    }

    /** What the kubelet shows the registry. */
    Secret pullSecret(AppName app, PullCredential credential) {
        String pair = credential.user() + ":" + credential.password();
        var auth = Map.of("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        byte[] config = MAPPER.writeValueAsBytes(Map.of("auths", Map.of(credential.registry(), auth)));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(Names.pullSecret(app))
                .withLabels(Names.labels(app))
                .endMetadata()
                .withType("kubernetes.io/dockerconfigjson")
                .withData(Map.of(".dockerconfigjson", Base64.getEncoder().encodeToString(config)))
                .build();
    }

    /** A claim for each volume of the app. */
    List<PersistentVolumeClaim> claims(App app) {
        return app.volumes().stream().map(path -> claim(app.name(), path)).toList();
    }

    private PersistentVolumeClaim claim(AppName app, String path) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(Names.claim(app, path))
                .withLabels(Names.labels(app))
                .withAnnotations(Map.of(Names.VOLUME_PATH, path))
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storageClass.orElse(null))
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(Long.toString(volumeBytes))))
                .endResources()
                .endSpec()
                .build();
    }

    /**
     * A deployed app sleeps, so no rollout moves instances, and a wake waits itself for the last revision's processes
     * where that matters ({@link Waker}). {@code Recreate} would wait for the objects of their pods: up to a minute more.
     */
    private static DeploymentStrategy strategy() {
        return new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .build();
    }
}
