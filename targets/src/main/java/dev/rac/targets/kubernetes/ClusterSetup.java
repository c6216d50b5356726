package dev.rac.targets.kubernetes;

import dev.rac.targets.Platform;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** What is done once for each connection, before there are apps. */
final class ClusterSetup {
    private final KubernetesClient client;
    private final ApiErrors errors;

    ClusterSetup(KubernetesClient client, ApiErrors errors) {
        this.client = client;
        this.errors = errors;
    }

    /** Creates the namespace if it is not there. */
    void ensureNamespace(String name) {
        var namespaces = client.namespaces();
        if (errors.callIfThere(
                        "read the namespace " + name,
                        () -> namespaces.withName(name).get())
                .isEmpty()) {
            var namespace = new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withLabels(Map.of(Names.MANAGED_BY, Names.RAC))
                    .endMetadata()
                    .build();
            // Applied, not created: another process may be doing the same.
            errors.call(
                    "create the namespace " + name,
                    () -> namespaces
                            .resource(namespace)
                            .fieldManager(Names.FIELD_MANAGER)
                            .serverSideApply());
        }
    }

    /** What the first node that takes pods is; images are built for it, and apps run on such nodes only. */
    Platform platform() {
        var onlyOne = new ListOptionsBuilder().withLimit(1L).build();
        return errors
                .call(
                        "read the nodes",
                        () -> client.nodes()
                                .withField("spec.unschedulable", "false")
                                .list(onlyOne)
                                .getItems())
                .stream()
                .map(node -> node.getStatus().getNodeInfo())
                .map((NodeSystemInfo node) -> new Platform(node.getOperatingSystem(), node.getArchitecture()))
                .findFirst()
                .orElseThrow(() -> new TargetException("the cluster has no node that takes pods; add or uncordon one"));
    }
}
