package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The claims of apps' volumes. Thread-safe. */
final class Claims {
    private final KubernetesClient client;
    private final String namespace;
    private final ApiObjects objects;
    private final ApiErrors errors;

    Claims(KubernetesClient client, String namespace, ApiObjects objects, ApiErrors errors) {
        this.client = client;
        this.namespace = namespace;
        this.objects = objects;
        this.errors = errors;
    }

    /**
     * Creates claims; one that is there is left as it is, for the most of it cannot be changed.
     *
     * @throws TargetException if there is such an object that is not RAC's, or one that is being deleted
     */
    void ensure(List<PersistentVolumeClaim> claims) {
        claims.forEach(this::ensure);
    }

    private void ensure(PersistentVolumeClaim claim) {
        Optional<PersistentVolumeClaim> existing = objects.existing(claim);
        if (existing.isEmpty()) {
            objects.apply(claim);
        } else if (existing.orElseThrow().getMetadata().getDeletionTimestamp() != null) {
            throw new TargetException(
                    ApiObjects.describe(claim) + " is still being deleted; try again when it is gone");
        }
    }

    /**
     * Deletes an app's claims, and waits until they are gone.
     *
     * @throws TargetException if they are still in use after the timeout
     */
    void delete(AppName app, Duration timeout) {
        var claims = client.persistentVolumeClaims().inNamespace(namespace).withLabels(Names.labels(app));
        errors.call("delete the volumes of " + app, () -> {
            for (PersistentVolumeClaim claim : claims.list().getItems()) {
                objects.resource(claim).delete();
                objects.resource(claim).waitUntilCondition(Objects::isNull, timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        });
    }
}
