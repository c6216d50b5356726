package dev.rac.e2e;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG is not set")
final class KubernetesResilienceIT extends ResilienceContract {
    KubernetesResilienceIT() {
        super(new KubernetesPlatform());
    }
}
