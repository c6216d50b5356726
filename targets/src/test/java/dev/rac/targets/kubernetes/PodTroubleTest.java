package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.deployment;
import static dev.rac.targets.kubernetes.TestObjects.pod;
import static dev.rac.targets.kubernetes.TestObjects.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PodTroubleTest {
    private final Deployment deployment = new DeploymentBuilder(deployment(1))
            .withNewStatus()
            .addNewCondition()
            .withType("ReplicaFailure")
            .withStatus("True")
            .withMessage("exceeded quota: pods")
            .endCondition()
            .endStatus()
            .build();

    @Test
    void aPodThatNoNodeTakesTellsTheSchedulersWords() {
        Pod unscheduled = new PodBuilder(pod(deployment, "1", waiting("ContainerCreating", "")))
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage("0/1 nodes are available")
                .endCondition()
                .endStatus()
                .build();

        assertThat(PodTrouble.noNode(view(unscheduled))).contains("no node takes it: 0/1 nodes are available");
        assertThat(PodTrouble.noNode(view())).isEmpty();
    }

    @Test
    void aContainerTellsWhatItWaitsFor() {
        assertThat(PodTrouble.delay(view(pod(deployment, "1", waiting("ContainerCreating", "")))))
                .contains("ContainerCreating");
    }

    @Test
    void withoutAPodTheReplicaSetTellsWhy() {
        assertThat(PodTrouble.delay(view())).isEqualTo("exceeded quota: pods");
    }

    private AppView view(Pod... pods) {
        return AppView.of(deployment, List.of(pods)).orElseThrow();
    }
}
