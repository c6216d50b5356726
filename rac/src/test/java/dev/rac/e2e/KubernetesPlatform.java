package dev.rac.e2e;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** The cluster that KUBECONFIG names. */
final class KubernetesPlatform implements Platform {
    @Override
    public String target() {
        return "kubernetes";
    }

    @Override
    public boolean freezes() {
        return false;
    }

    @Override
    public boolean mayRun(String namespace, String app) {
        try (var client = new KubernetesClientBuilder().build()) {
            var deployments = client.apps().deployments().inNamespace(namespace);
            return deployments.withName(app).require().getSpec().getReplicas() > 0;
        }
    }

    @Override
    public void cleanUp(String namespace) {
        try (var client = new KubernetesClientBuilder().build()) {
            client.namespaces().withName(namespace).delete();
        }
    }
}
