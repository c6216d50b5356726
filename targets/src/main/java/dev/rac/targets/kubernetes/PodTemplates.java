package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.Platform;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An app's pod: one confined container. Pure. */
final class PodTemplates {
    /** How long a process has between its stop signal and its end by force, in seconds. */
    static final long STOP_SECONDS = 10;

    /** What a plain web server needs: to own its files, to leave root, to listen on port 80, to signal its children. */
    private static final List<String> CAPABILITIES =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID");

    // Small, so that apps that mostly wait for requests find room on a node; the limits say what they may use.
    private static final int REQUESTED_CPU_MILLIS = 10;
    private static final long REQUESTED_MEMORY_BYTES = 32L << 20;

    // Volumes are writable by this group, and every process of an app is in it: an image's USER may be anybody.
    private static final long VOLUME_GROUP = 1_000_000;

    private final Platform platform;

    PodTemplates(Platform platform) {
        this.platform = platform;
    }

    PodTemplateSpec template(App app, String revision, Set<String> secrets) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Names.labels(app))
                .withAnnotations(Map.of(Names.REVISION, revision))
                .endMetadata()
                .withNewSpec()
                .withNodeSelector(
                        Map.of("kubernetes.io/os", platform.os(), "kubernetes.io/arch", platform.architecture()))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(STOP_SECONDS)
                .withImagePullSecrets(new LocalObjectReference(Names.pullSecret(app.name())))
                .withSecurityContext(podSecurity(app))
                .withContainers(container(app, revision, secrets))
                .withVolumes(
                        app.volumes().stream().map(path -> volume(app, path)).toList())
                .endSpec()
                .build();
    }

    private static Container container(App app, String revision, Set<String> secrets) {
        return new ContainerBuilder()
                .withName(Names.CONTAINER)
                .withImage(app.image())
                .withImagePullPolicy("IfNotPresent")
                .withPorts(new ContainerPortBuilder()
                        .withName(Names.PORT)
                        .withContainerPort(app.port())
                        .withProtocol("TCP")
                        .build())
                .withEnv(app.environment().entrySet().stream()
                        // Kubernetes would give these precedence.
                        .filter(variable -> !secrets.contains(variable.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(variable -> variable(variable.getKey(), variable.getValue()))
                        .toList())
                .withEnvFrom(secrets.isEmpty() ? List.of() : List.of(environment(app, revision)))
                .withNewResources()
                .withLimits(
                        resources(app.resources().cpuMillis(), app.resources().memoryBytes()))
                .withRequests(resources(
                        Math.min(REQUESTED_CPU_MILLIS, app.resources().cpuMillis()),
                        Math.min(REQUESTED_MEMORY_BYTES, app.resources().memoryBytes())))
                .endResources()
                .withSecurityContext(containerSecurity())
                // A container's last lines come with the pod's status: no second question when it has failed.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(
                        app.volumes().stream().map(PodTemplates::mount).toList())
                .build();
    }

    private static PodSecurityContext podSecurity(App app) {
        var security = new PodSecurityContextBuilder()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
        if (!app.volumes().isEmpty()) {
            // Only once for each volume: walking through a large one would delay every wake.
            security.withFsGroup(VOLUME_GROUP).withFsGroupChangePolicy("OnRootMismatch");
        }
        return security.build();
    }

    /** Nothing that a container could use against its node. */
    static SecurityContext containerSecurity() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .withAdd(CAPABILITIES)
                .endCapabilities()
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder()
                .withName(name)
                // Kubernetes replaces $(NAME) in values; a doubled dollar stands for itself.
                .withValue(value.replace("$", "$$"))
                .build();
    }

    private static EnvFromSource environment(App app, String revision) {
        return new EnvFromSourceBuilder()
                .withNewSecretRef()
                .withName(Names.environmentSecret(app.name(), revision))
                .endSecretRef()
                .build();
    }

    static Map<String, Quantity> resources(int cpuMillis, long memoryBytes) {
        return Map.of("cpu", new Quantity(cpuMillis + "m"), "memory", new Quantity(Long.toString(memoryBytes)));
    }

    private static Volume volume(App app, String path) {
        return new VolumeBuilder()
                .withName(Names.volume(path))
                .withNewPersistentVolumeClaim()
                .withClaimName(Names.claim(app.name(), path))
                .endPersistentVolumeClaim()
                .build();
    }

    private static VolumeMount mount(String path) {
        return new VolumeMountBuilder()
                .withName(Names.volume(path))
                .withMountPath(path)
                .build();
    }
}
