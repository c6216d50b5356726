package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.app;
import static dev.rac.targets.kubernetes.TestObjects.inPhase;
import static dev.rac.targets.kubernetes.TestObjects.terminated;
import static dev.rac.targets.kubernetes.TestObjects.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.Platform;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PullPodsTest {
    private static final Platform PLATFORM = new Platform("linux", "amd64");

    @Test
    void aPodThatPullsIsNobodysInstanceAndRunsNothingOfTheImage() {
        Pod pod = PullPods.pod(app(), "node-1", Duration.ofMinutes(5));

        assertThat(Names.appOf(pod)).isEmpty();
        assertThat(Names.isOurs(pod)).isTrue();
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(pod.getSpec().getImagePullSecrets())
                .extracting(secret -> secret.getName())
                .containsExactly("alice-hello-pull");
        assertThat(pod.getSpec().getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getImage()).isEqualTo(app().image());
            assertThat(container.getCommand()).containsExactly("/rac-only-pulls-this-image");
            assertThat(container.getEnv()).isEmpty();
            assertThat(container.getSecurityContext()).isEqualTo(PodTemplates.containerSecurity());
        });
    }

    @Test
    void whateverHappensAfterThePullTellsThatItIsOver() {
        assertThat(state(waiting("ContainerCreating", ""))).isEqualTo(PullPods.State.PULLING);
        assertThat(state(waiting("RunContainerError", "no such file"))).isEqualTo(PullPods.State.PULLED);
        assertThat(state(terminated(127, "ContainerCannotRun", "no such file"))).isEqualTo(PullPods.State.PULLED);
        assertThat(state(waiting("ErrImagePull", "denied"))).isEqualTo(PullPods.State.REFUSED);
        assertThat(state(waiting("ImagePullBackOff", "denied"))).isEqualTo(PullPods.State.REFUSED);
    }

    @Test
    void aNodeThatDoesNotTakeThePodTellsNothingOfTheImage() {
        Pod pod = TestObjects.pod(TestObjects.deployment(1), "1", new ContainerState());

        assertThat(PullPods.state(inPhase(pod, "Failed"))).isEqualTo(PullPods.State.UNKNOWN);
    }

    @Test
    void onlyNodesThatTakeAppsPull() {
        Node node = node().build();

        assertThat(PullPods.isSuitable(node, PLATFORM)).isTrue();
        assertThat(PullPods.isSuitable(node, new Platform("linux", "arm64"))).isFalse();
        assertThat(PullPods.isSuitable(
                        node().editSpec().withUnschedulable(true).endSpec().build(), PLATFORM))
                .isFalse();
        assertThat(PullPods.isSuitable(tainted("NoSchedule"), PLATFORM)).isFalse();
        assertThat(PullPods.isSuitable(tainted("PreferNoSchedule"), PLATFORM)).isTrue();
        assertThat(PullPods.isSuitable(
                        node().withNewStatus()
                                .addNewCondition()
                                .withType("Ready")
                                .withStatus("Unknown")
                                .endCondition()
                                .endStatus()
                                .build(),
                        PLATFORM))
                .isFalse();
    }

    private static PullPods.State state(ContainerState container) {
        return PullPods.state(TestObjects.pod(TestObjects.deployment(1), "1", container));
    }

    private static Node tainted(String effect) {
        return node().editSpec()
                .addNewTaint()
                .withKey("a")
                .withEffect(effect)
                .endTaint()
                .endSpec()
                .build();
    }

    private static NodeBuilder node() {
        return new NodeBuilder()
                .withNewMetadata()
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("kubernetes.io/arch", "amd64")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus();
    }
}
