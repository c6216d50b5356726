package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.PullCredential;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;

/** What apps need and nobody is shown, as Secrets: never in another object, nor in a message. Thread-safe. */
final class Secrets {
    private final KubernetesClient client;
    private final String namespace;
    private final ApiObjects objects;
    private final ApiErrors errors;
    private final Manifests manifests;

    Secrets(KubernetesClient client, String namespace, ApiObjects objects, ApiErrors errors, Manifests manifests) {
        this.client = client;
        this.namespace = namespace;
        this.objects = objects;
        this.errors = errors;
        this.manifests = manifests;
    }

    /** Lets the kubelet pull the app's image. */
    void applyCredential(AppName app, PullCredential credential) {
        objects.apply(manifests.pullSecret(app, credential));
    }

    /** Keeps what the owner of an app set, for this revision of it. */
    void applyEnvironment(App app, AppSecrets secrets) {
        if (!secrets.environment().isEmpty()) {
            objects.apply(manifests.environment(app, secrets.environment()));
        }
    }

    /** The names of the variables that were set for a revision. */
    Set<String> names(AppName app, String revision) {
        return errors.callIfThere(
                        "read the variables of " + app,
                        () -> client.secrets()
                                .inNamespace(namespace)
                                .withName(Names.environmentSecret(app, revision))
                                .get())
                .map(secret -> Set.copyOf(secret.getData().keySet()))
                .orElse(Set.of());
    }

    /** Deletes what was set for any other revision. */
    void keepEnvironment(AppName app, String revision) {
        errors.call(
                "delete old variables of " + app,
                () -> client.secrets()
                        .inNamespace(namespace)
                        .withLabels(Names.labels(app, Names.ENVIRONMENT_COMPONENT))
                        .withLabelNotIn(Names.REVISION, revision)
                        .delete());
    }

    /** Deletes all that an app has. */
    void delete(AppName app) {
        objects.deleteIfOurs(
                client.secrets().inNamespace(namespace).withName(Names.pullSecret(app)), "credential of " + app);
        errors.call(
                "delete the variables of " + app,
                () -> client.secrets()
                        .inNamespace(namespace)
                        .withLabels(Names.labels(app, Names.ENVIRONMENT_COMPONENT))
                        .delete());
    }
}
