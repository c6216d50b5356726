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
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What an app is on Kubernetes. Pure: values in, manifests out. */
final class Manifests {
    // No roll-back through ReplicaSets: RAC deploys the older digest instead.
    private static final int KEPT_REPLICA_SETS = 0;

    private static final int SERVICE_PORT = 80;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Optional<String> storageClass;
    private final long volumeBytes;
    private final PodTemplates pods;

    Manifests(KubernetesSettings settings, Platform platform) {
        storageClass = settings.storageClass();
        volumeBytes = settings.volumeBytes();
        pods = new PodTemplates(platform);
    }

    /**
     * The app asleep.
     *
     * @param secrets names of the variables that its owner set
     */
    Deployment deployment(App app, Set<String> secrets) {
        String json = AppJson.write(app);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(Names.deployment(app.name()))
                .withLabels(Names.labels(app))
                .withAnnotations(Map.of(Names.APP, json))
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withMinReadySeconds(0)
                .withRevisionHistoryLimit(KEPT_REPLICA_SETS)
                .withStrategy(strategy())
                .withNewSelector()
                .withMatchLabels(Names.labels(app.name()))
                .endSelector()
                .withTemplate(pods.template(app, Names.revision(json), secrets))
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
                .withLabels(Names.labels(app, Names.APP_COMPONENT))
                .endMetadata()
                .withType("kubernetes.io/dockerconfigjson")
                .withData(Map.of(".dockerconfigjson", Base64.getEncoder().encodeToString(config)))
                .build();
    }

    /** The variables that an app's owner set, for one revision of it. */
    Secret environment(App app, Map<String, String> variables) {
        String revision = Names.revision(AppJson.write(app));
        Map<String, String> data = new TreeMap<>();
        variables.forEach((name, value) ->
                data.put(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(Names.environmentSecret(app.name(), revision))
                .withLabels(Names.labels(app.name(), Names.ENVIRONMENT_COMPONENT))
                .addToLabels(Names.REVISION, revision)
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
    }

    /** One address of the app, while it runs, for whatever else is in the cluster: RAC itself does without. */
    Service service(App app) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(Names.service(app.name()))
                .withLabels(Names.labels(app.name(), Names.APP_COMPONENT))
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(selector(app.name()))
                .addNewPort()
                .withName(Names.PORT)
                .withProtocol("TCP")
                .withPort(SERVICE_PORT)
                .withTargetPort(new IntOrString(Names.PORT))
                .endPort()
                .endSpec()
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
                .withLabels(Names.labels(app, Names.APP_COMPONENT))
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

    private static Map<String, String> selector(AppName app) {
        var selector = new TreeMap<>(Names.labels(app));
        selector.put(Names.COMPONENT, Names.APP_COMPONENT);
        return selector;
    }

    /**
     * An update starts a pod beside the old one, which is kept until it is told otherwise ({@link UpdateManifests}).
     * Where two must not run at once, the app is scaled to nothing first, and a wake waits itself for the last revision's
     * processes ({@link Waker}): {@code Recreate} would wait for the objects of their pods, up to a minute more.
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
