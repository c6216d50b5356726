package dev.rac.targets.kubernetes;

import dev.rac.targets.FailedAppContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on the cluster that KUBECONFIG names; its node must be this machine, and pull from its loopback. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesFailedAppIT extends FailedAppContract {
    KubernetesFailedAppIT() {
        super(new TestCluster());
    }
}
