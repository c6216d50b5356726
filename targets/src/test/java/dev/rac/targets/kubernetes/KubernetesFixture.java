package dev.rac.targets.kubernetes;

import dev.rac.targets.TargetFixture;

/** What tests of this adapter alone need around them. JUnit does not inherit what enables a class: each says it. */
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
