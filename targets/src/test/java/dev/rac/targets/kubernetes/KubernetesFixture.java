package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.Target;
import dev.rac.targets.TargetFixture;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests of this adapter alone need around them. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
abstract class KubernetesFixture extends TargetFixture {
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
