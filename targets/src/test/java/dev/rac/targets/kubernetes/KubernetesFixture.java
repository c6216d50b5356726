package dev.rac.targets.kubernetes;

import dev.rac.targets.TargetFixture;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What tests of this adapter alone need around them. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
abstract class KubernetesFixture extends TargetFixture {
    final TestCluster cluster;

    KubernetesFixture() {
        this(new TestCluster());
    }

    private KubernetesFixture(TestCluster cluster) {
        super(cluster);
        this.cluster = cluster;
    }
}
