package dev.rac.stack;

import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import dev.rac.targets.docker.DockerSettings;
import dev.rac.targets.docker.DockerTarget;
import dev.rac.targets.kubernetes.KubernetesSettings;
import dev.rac.targets.kubernetes.KubernetesTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Finds where apps run: the platform that is asked for, else a Kubernetes that answers, else a Docker Engine. */
public final class TargetFinder {
    private TargetFinder() {}

    /**
     * Connects to the target.
     *
     * @throws StackException if the platform asked for, or any, does not answer
     */
    public static Target find(TargetSettings settings) {
        var kinds = settings.kind()
                .map(List::of)
                .orElse(List.of(TargetSettings.Kind.KUBERNETES, TargetSettings.Kind.DOCKER));
        var reasons = new ArrayList<String>();
        for (var kind : kinds) {
            try {
                return connect(kind, settings);
            } catch (TargetException e) {
                reasons.add(e.getMessage());
            }
        }
        throw new StackException("nowhere to run apps: " + String.join("; ", reasons));
    }

    private static Target connect(TargetSettings.Kind kind, TargetSettings settings) {
        return switch (kind) {
            case KUBERNETES ->
                KubernetesTarget.connect(KubernetesSettings.discover(
                                settings.namespace(),
                                settings.storageClass(),
                                settings.updates(),
                                settings.kubeconfig())
                        .orElseThrow(() -> new TargetException("no Kubernetes is configured: set KUBECONFIG")));
            case DOCKER ->
                DockerTarget.connect(new DockerSettings(
                        settings.namespace(),
                        settings.dockerHost().map(URI::create).orElse(DockerSettings.LOCAL_ENGINE),
                        settings.updates()));
        };
    }
}
