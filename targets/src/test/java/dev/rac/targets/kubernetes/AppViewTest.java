package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.app;
import static dev.rac.targets.kubernetes.TestObjects.deployment;
import static dev.rac.targets.kubernetes.TestObjects.ending;
import static dev.rac.targets.kubernetes.TestObjects.inPhase;
import static dev.rac.targets.kubernetes.TestObjects.next;
import static dev.rac.targets.kubernetes.TestObjects.ofAnotherRevision;
import static dev.rac.targets.kubernetes.TestObjects.pod;
import static dev.rac.targets.kubernetes.TestObjects.running;
import static dev.rac.targets.kubernetes.TestObjects.terminated;
import static dev.rac.targets.kubernetes.TestObjects.updating;
import static dev.rac.targets.kubernetes.TestObjects.waiting;
import static dev.rac.targets.kubernetes.TestObjects.withFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AppViewTest {
    private static final Failure FAILURE = new Failure("why", Optional.of(3), Instant.EPOCH, List.of("a"));

    private final Deployment asleep = deployment(0);
    private final Deployment awake = deployment(1);

    @Test
    void noReplicasAreAsleepWhateverStillEnds() {
        assertThat(status(asleep, pod(awake, "1", running()))).isEqualTo(status(AppState.ASLEEP));
    }

    @Test
    void noReplicasAndARecordedFailureAreFailed() {
        AppStatus status = status(withFailure(asleep, FAILURE));

        assertThat(status.state()).isEqualTo(AppState.FAILED);
        assertThat(status.failure()).contains(FAILURE);
    }

    @Test
    void aRecordedFailureDoesNotMatterOnceReplicasAreWanted() {
        assertThat(status(withFailure(awake, FAILURE)).state()).isEqualTo(AppState.WAKING);
        assertThat(status(withFailure(awake, FAILURE), pod(awake, "1", running()))
                        .failure())
                .isEmpty();
    }

    @Test
    void aFailureThatSomebodyGarbledIsNone() {
        var garbled = new DeploymentBuilder(asleep)
                .editMetadata()
                .addToAnnotations(Names.FAILURE, "{")
                .endMetadata()
                .build();

        assertThat(status(garbled)).isEqualTo(status(AppState.ASLEEP));
    }

    @Test
    void replicasWithoutARunningContainerAreWaking() {
        assertThat(status(awake)).isEqualTo(status(AppState.WAKING));
        assertThat(status(awake, pod(awake, "1", waiting("ContainerCreating", ""))))
                .isEqualTo(status(AppState.WAKING));
    }

    @Test
    void aRunningContainerIsAwakeAtItsPodsAddress() {
        AppStatus status = status(awake, pod(awake, "uid-1", running()));

        assertThat(status.state()).isEqualTo(AppState.AWAKE);
        assertThat(status.endpoints()).containsExactly(new Endpoint("uid-1", "172.17.0.9", 8080));
    }

    @Test
    void severalInstancesAreToldInTheSameOrderAlways() {
        Pod one = pod(awake, "1", running());
        Pod two = pod(awake, "2", running());

        assertThat(status(awake, one, two)).isEqualTo(status(awake, two, one));
        assertThat(status(awake, one, two).endpoints()).hasSize(2);
    }

    @Test
    void podsThatEndOrAreOfAnotherRevisionGiveNoAddress() {
        Pod running = pod(awake, "1", running());

        assertThat(status(awake, ending(running), ofAnotherRevision(running), inPhase(running, "Failed")))
                .isEqualTo(status(AppState.WAKING));
    }

    @Test
    void aContainerThatEndedIsFailedUnlessAnotherRuns() {
        Pod ended = pod(awake, "1", terminated(3, "Error", "reading settings\nno settings found\n"));

        AppStatus status = status(awake, ended);
        assertThat(status.state()).isEqualTo(AppState.FAILED);
        assertThat(status.failure().orElseThrow().exitCode()).contains(3);
        assertThat(status.failure().orElseThrow().logLines()).containsExactly("reading settings", "no settings found");
        assertThat(status(awake, ended, pod(awake, "2", running())).state()).isEqualTo(AppState.AWAKE);
    }

    @Test
    void anImageThatCannotBePulledYetIsStillWaking() {
        assertThat(status(awake, pod(awake, "1", waiting("ErrImagePull", "no such host"))))
                .isEqualTo(status(AppState.WAKING));
    }

    @Test
    void aPodHasEndedWhenItsContainerIsDownForGood() {
        assertThat(AppView.hasEnded(inPhase(pod(awake, "1", running()), "Failed")))
                .isTrue();
        assertThat(AppView.hasEnded(ending(pod(awake, "1", terminated(0, "Completed", "")))))
                .isTrue();
        assertThat(AppView.hasEnded(ending(pod(awake, "1", waiting("ImagePullBackOff", "")))))
                .isTrue();
        assertThat(AppView.hasEnded(pod(awake, "1", terminated(0, "Completed", ""))))
                .isFalse();
        assertThat(AppView.hasEnded(ending(pod(awake, "1", running())))).isFalse();
        assertThat(AppView.hasEnded(ending(pod(awake, "1", waiting("ContainerCreating", "")))))
                .isFalse();
    }

    @Test
    void aPodThatCrashedMayBeRestartedAtAnyMoment() {
        assertThat(AppView.isBackingOff(pod(awake, "1", waiting("CrashLoopBackOff", "back-off 10s"))))
                .isTrue();
        assertThat(AppView.isBackingOff(pod(awake, "1", waiting("ContainerCreating", ""))))
                .isFalse();
        assertThat(AppView.isBackingOff(pod(awake, "1", terminated(3, "Error", ""))))
                .isFalse();
        assertThat(AppView.isBackingOff(pod(awake, "1", running()))).isFalse();
    }

    @Test
    void aDeploymentThatDoesNotSayWhichAppItIsIsNone() {
        var copy = new DeploymentBuilder(awake)
                .editMetadata()
                .withName("copied")
                .endMetadata()
                .build();
        var garbled = new DeploymentBuilder(awake)
                .editMetadata()
                .addToAnnotations(Names.APP, "?")
                .endMetadata()
                .build();

        assertThat(AppView.of(copy, List.of())).isEmpty();
        assertThat(AppView.of(garbled, List.of())).isEmpty();
    }

    @Test
    void whileAnUpdateIsUnderWayTheLastRevisionCountsAndServes() {
        Deployment updating = updating(awake);

        AppStatus status = status(updating, pod(awake, "old", running()), pod(updating, "new", running()));

        assertThat(status.app()).isEqualTo(app());
        assertThat(status.updating()).isTrue();
        assertThat(status.endpoints()).extracting(Endpoint::instance).containsExactly("old");
    }

    @Test
    void anUpdateWhoseLastRevisionDoesNotServeAnyMoreIsTheApp() {
        Deployment updating = updating(awake);
        Pod old = pod(awake, "old", running());

        AppStatus status = status(updating, ending(old), pod(updating, "new", running()));

        assertThat(status.app()).isEqualTo(next());
        assertThat(status.updating()).isFalse();
        assertThat(status.endpoints()).extracting(Endpoint::instance).containsExactly("new");
        assertThat(status(updating, pod(awake, "old", waiting("CrashLoopBackOff", "")))
                        .app())
                .isEqualTo(next());
    }

    @Test
    void anUpdateThatIsPutToSleepIsTheNewRevisionAsleep() {
        Deployment stopped = new DeploymentBuilder(updating(awake))
                .editSpec()
                .withReplicas(0)
                .endSpec()
                .build();

        assertThat(status(stopped, pod(awake, "old", running())))
                .isEqualTo(new AppStatus(next(), AppState.ASLEEP, List.of(), Optional.empty()));
    }

    @Test
    void aLastRevisionThatSomebodyGarbledDoesNotCount() {
        Deployment garbled = new DeploymentBuilder(updating(awake))
                .editMetadata()
                .addToAnnotations(Names.LAST, "{")
                .endMetadata()
                .build();

        assertThat(status(garbled, pod(awake, "old", running())).app()).isEqualTo(next());
    }

    @Test
    void whatWasReplacedDrainsOnceNothingOfTheLastRevisionIsSaid() {
        Deployment updating = updating(awake);
        Deployment handedOver = new DeploymentBuilder(updating)
                .editMetadata()
                .removeFromAnnotations(Names.LAST)
                .endMetadata()
                .build();

        assertThat(view(awake).isDraining()).isFalse();
        assertThat(view(updating).isDraining()).isFalse();
        assertThat(view(handedOver).isDraining()).isTrue();
        assertThat(status(handedOver, pod(awake, "old", running()), pod(updating, "new", running()))
                        .endpoints())
                .extracting(Endpoint::instance)
                .containsExactly("new");
    }

    private static AppView view(Deployment deployment) {
        return AppView.of(deployment, List.of()).orElseThrow();
    }

    private static AppStatus status(Deployment deployment, Pod... pods) {
        return AppView.of(deployment, List.of(pods)).orElseThrow().status();
    }

    private static AppStatus status(AppState state) {
        return new AppStatus(app(), state, List.of(), Optional.empty());
    }
}
