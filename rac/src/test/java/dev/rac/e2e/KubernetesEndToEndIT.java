package dev.rac.e2e;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG is not set")
final class KubernetesEndToEndIT extends EndToEndContract {
    @Override
    String target() {
        return "kubernetes";
    }

    @Override
    boolean mayRun(String namespace, String app) {
        try (var client = new KubernetesClientBuilder().build()) {
            var deployments = client.apps().deployments().inNamespace(namespace);
            return deployments.withName(app).require().getSpec().getReplicas() > 0;
        }
    }

    @Override
    void cleanUp(String namespace) {
        try (var client = new KubernetesClientBuilder().build()) {
            client.namespaces().withName(namespace).delete();
        }
    }
}
