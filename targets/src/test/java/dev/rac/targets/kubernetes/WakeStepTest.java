package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.deployment;
import static dev.rac.targets.kubernetes.TestObjects.ending;
import static dev.rac.targets.kubernetes.TestObjects.pod;
import static dev.rac.targets.kubernetes.TestObjects.running;
import static dev.rac.targets.kubernetes.TestObjects.terminated;
import static dev.rac.targets.kubernetes.TestObjects.waiting;
import static dev.rac.targets.kubernetes.TestObjects.withFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WakeStepTest {
    private final Deployment awake = deployment(1);
    private final String revision = view(awake).orElseThrow().revision();
    private final Pod crashed = pod(awake, "1", waiting("CrashLoopBackOff", ""), terminated(3, "Error", ""));

    @Test
    void itIsReadyWithTheFirstAddress() {
        assertThat(step(view(awake, ending(crashed), pod(awake, "2", running()))))
                .contains(new WakeStep.Ready(List.of(new Endpoint("2", "172.17.0.9", 8080))));
    }

    @Test
    void itWaitsWhileThePodIsMade() {
        assertThat(step(view(awake))).isEmpty();
        assertThat(step(view(awake, pod(awake, "1", waiting("ContainerCreating", "")))))
                .isEmpty();
    }

    @Test
    void aPodThatFailsIsAFailure() {
        assertThat(step(view(awake, crashed)).orElseThrow()).isInstanceOf(WakeStep.Failed.class);
    }

    @Test
    void aPodThatHadFailedBeforeIsNone() {
        assertThat(WakeStep.of(view(awake, crashed), revision, Set.of("1"))).isEmpty();
    }

    @Test
    void anAppThatSomebodyPutToSleepIsStopped() {
        var failure = new Failure("why", Optional.empty(), Instant.EPOCH, List.of());

        assertThat(step(view(deployment(0)))).contains(new WakeStep.Stopped(Optional.empty()));
        assertThat(step(view(withFailure(deployment(0), failure))))
                .contains(new WakeStep.Stopped(Optional.of(failure)));
    }

    @Test
    void anAppOfWhichAnotherRevisionWasDeployedIsReplaced() {
        assertThat(WakeStep.of(view(deployment(0)), "earlier", Set.of())).contains(new WakeStep.Replaced());
    }

    @Test
    void anAppThatIsGoneIsRemoved() {
        assertThat(step(Optional.empty())).contains(new WakeStep.Removed());
    }

    private Optional<WakeStep> step(Optional<AppView> view) {
        return WakeStep.of(view, revision, Set.of());
    }

    private static Optional<AppView> view(Deployment deployment, Pod... pods) {
        return AppView.of(deployment, List.of(pods));
    }
}
