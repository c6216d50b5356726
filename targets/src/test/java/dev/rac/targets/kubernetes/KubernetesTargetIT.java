package dev.rac.targets.kubernetes;

import dev.rac.targets.TargetContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on the cluster that KUBECONFIG names; its node must be this machine, and pull from its loopback. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesTargetIT extends TargetContract {
    KubernetesTargetIT() {
        super(new TestCluster());
    }
}
