package dev.rac.targets.kubernetes;

import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the objects of apps at the API server. Objects that are not RAC's are as if they were not there, and
 * are never written. Thread-safe.
 */
final class ApiObjects {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final KubernetesClient client;
    private final String namespace;
    private final ApiErrors errors;

    ApiObjects(KubernetesClient client, String namespace, ApiErrors errors) {
        this.client = client;
        this.namespace = namespace;
        this.errors = errors;
    }

    Optional<AppView> view(AppName app) {
        return errors.callIfThere("read " + app, deploymentOf(app)::get)
                .filter(Names::isOurs)
                .flatMap(deployment -> AppView.of(deployment, pods(app)));
    }

    /** The Deployment's own revision, even while the last one serves, without its pods. */
    Optional<AppView> wanted(AppName app) {
        return errors.callIfThere("read " + app, deploymentOf(app)::get)
                .filter(Names::isOurs)
                .flatMap(deployment -> AppView.wanted(deployment, List.of()));
    }

    List<AppView> views() {
        var ours = Map.of(Names.MANAGED_BY, Names.RAC);
        return errors.call("read the apps", () -> {
            List<Deployment> deployments = client.apps()
                    .deployments()
                    .inNamespace(namespace)
                    .withLabels(ours)
                    .list()
                    .getItems();
            List<Pod> pods =
                    client.pods().inNamespace(namespace).withLabels(ours).list().getItems();
            return deployments.stream()
                    .flatMap(deployment -> AppView.of(deployment, podsOf(deployment, pods)).stream())
                    .toList();
        });
    }

    List<Pod> pods(AppName app) {
        return errors.call(
                "read the pods of " + app,
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabels(Names.labels(app))
                        .list()
                        .getItems());
    }

    /**
     * Creates an object, or brings it to the state that the manifest says, by server-side apply.
     *
     * @throws TargetException if there is such an object that is not RAC's
     */
    <T extends HasMetadata> T apply(T manifest) {
        existing(manifest);
        return errors.call(
                "apply " + describe(manifest),
                () -> resource(manifest)
                        .fieldManager(Names.FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply());
    }

    /**
     * As {@link #apply}, if the object still has the version that the manifest says.
     *
     * @return nothing if it has not, or was created meanwhile
     */
    <T extends HasMetadata> Optional<T> applyUnlessChanged(T manifest) {
        return errors.callUnlessChanged(
                "apply " + describe(manifest),
                () -> resource(manifest)
                        .fieldManager(Names.FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply());
    }

    /**
     * The object of a manifest's kind and name, if there is one.
     *
     * @throws TargetException if it is not RAC's
     */
    <T extends HasMetadata> Optional<T> existing(T manifest) {
        String object = describe(manifest);
        Optional<T> existing =
                errors.callIfThere("read " + object, () -> resource(manifest).get());
        if (existing.filter(found -> !Names.isOurs(found)).isPresent()) {
            throw new TargetException(object + " in namespace " + namespace + " is not RAC's (it has no label "
                    + Names.MANAGED_BY + "=" + Names.RAC + "); rename it, or the app");
        }
        return existing;
    }

    /**
     * Sets how many instances run, and nothing else.
     *
     * @return the Deployment's version since
     */
    String scale(AppName app, int replicas) {
        var scale = new ScaleBuilder()
                .withNewMetadata()
                .withName(Names.deployment(app))
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        return errors.callIfThere("scale " + app, () -> deploymentOf(app).scale(scale))
                .orElseThrow(() -> new UnknownAppException(app))
                .getMetadata()
                .getResourceVersion();
    }

    /**
     * Sets how many instances run, and the recorded failure, in one step (RFC 7396).
     *
     * @param failure what to record; nothing: a recorded one is forgotten
     * @return the Deployment's version since
     */
    String scale(AppName app, int replicas, Optional<Failure> failure) {
        ObjectNode patch = MAPPER.createObjectNode();
        patch.putObject("spec").put("replicas", replicas);
        patch.putObject("metadata")
                .putObject("annotations")
                .put(Names.FAILURE, failure.map(AppJson::write).orElse(null));
        return patch("scale " + app, app, patch)
                .orElseThrow(() -> new UnknownAppException(app))
                .getMetadata()
                .getResourceVersion();
    }

    /** Lets the Deployment's own revision count instead of the last one. */
    void handOver(AppName app) {
        ObjectNode patch = MAPPER.createObjectNode();
        patch.putObject("metadata").putObject("annotations").putNull(Names.LAST);
        patch("hand over to the next revision of " + app, app, patch);
    }

    /**
     * Lets Kubernetes delete the pods of the last revision.
     *
     * @param version the Deployment's: of any other, it is left as it is
     * @return the Deployment's version since; nothing if it was changed meanwhile, or is gone
     */
    Optional<String> release(AppName app, String version) {
        ObjectNode patch = MAPPER.createObjectNode();
        patch.putObject("metadata").put("resourceVersion", version);
        patch.putObject("spec").put("minReadySeconds", 0).putNull("progressDeadlineSeconds");
        return errors.callUnlessChanged("end the drain of " + app, () -> patch("end the drain of " + app, app, patch))
                .flatMap(patched -> patched)
                .map(deployment -> deployment.getMetadata().getResourceVersion());
    }

    /** Changes some of what a Deployment says (RFC 7396); nothing if it is not there. */
    private Optional<Deployment> patch(String action, AppName app, ObjectNode patch) {
        var context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(Names.FIELD_MANAGER)
                .build();
        return errors.callIfThere(action, () -> deploymentOf(app).patch(context, patch.toString()));
    }

    /** Deletes a pod; its ReplicaSet makes another one at once. */
    void delete(Pod pod) {
        errors.call(
                "delete pod " + pod.getMetadata().getName(), () -> resource(pod).delete());
    }

    /**
     * Deletes an app's Service, its NetworkPolicy, its Deployment and so its pods, not its claims.
     *
     * @return the uid of the Deployment, if there was one
     */
    Optional<String> delete(AppName app) {
        // The Deployment last: without it, nobody would come back for the rest.
        deleteIfOurs(client.services().inNamespace(namespace).withName(Names.service(app)), "Service of " + app);
        deleteIfOurs(
                client.network().v1().networkPolicies().inNamespace(namespace).withName(Names.networkPolicy(app)),
                "NetworkPolicy of " + app);
        return deleteIfOurs(deploymentOf(app), app.value());
    }

    /** Deletes an object that is RAC's; its uid, if there was one. */
    Optional<String> deleteIfOurs(Resource<? extends HasMetadata> resource, String name) {
        Optional<String> uid = errors.callIfThere("read " + name, () -> resource.get())
                .filter(Names::isOurs)
                .map(object -> object.getMetadata().getUid());
        if (uid.isPresent()) {
            errors.call(
                    "delete " + name,
                    () -> resource.withPropagationPolicy(DeletionPropagation.BACKGROUND)
                            .delete());
        }
        return uid;
    }

    private RollableScalableResource<Deployment> deploymentOf(AppName app) {
        return client.apps().deployments().inNamespace(namespace).withName(Names.deployment(app));
    }

    <T extends HasMetadata> Resource<T> resource(T object) {
        return client.resource(object).inNamespace(namespace);
    }

    /** Names an object in messages. */
    static String describe(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }

    private static List<Pod> podsOf(Deployment deployment, List<Pod> pods) {
        String app = Names.label(deployment, Names.APP_NAME);
        return pods.stream()
                .filter(pod -> Names.label(pod, Names.APP_NAME).equals(app))
                .toList();
    }
}
