package dev.rac.targets.kubernetes;

import dev.rac.targets.RevisionContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on the cluster that KUBECONFIG names; its node must be this machine, and pull from its loopback. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesRevisionIT extends RevisionContract {
    KubernetesRevisionIT() {
        super(new TestCluster());
    }
}
