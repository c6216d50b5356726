package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.FailedAppContract;
import dev.rac.targets.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on the cluster that KUBECONFIG names; its node must be this machine, and pull from its loopback. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesFailedAppIT extends FailedAppContract {
    @RegisterExtension
    final TestCluster cluster = new TestCluster(namespace);

    @Override
    protected Target connect(String namespace) {
        return KubernetesTarget.connect(cluster.settings(namespace));
    }

    @Override
    protected void delete(String namespace) {
        cluster.delete(namespace);
    }

    @Override
    protected int running(AppName name) {
        return cluster.running(namespace, name);
    }
}
