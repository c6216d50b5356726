package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.deployment;
import static dev.rac.targets.kubernetes.TestObjects.next;
import static dev.rac.targets.kubernetes.TestObjects.pod;
import static dev.rac.targets.kubernetes.TestObjects.running;
import static dev.rac.targets.kubernetes.TestObjects.terminated;
import static dev.rac.targets.kubernetes.TestObjects.updating;
import static dev.rac.targets.kubernetes.TestObjects.waiting;
import static dev.rac.targets.kubernetes.TestObjects.withFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.App;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.probe.Readiness.Seen;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UpdateStepTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:10:00Z");

    private final Deployment awake = deployment(1);
    private final Deployment updating = updating(awake);
    private final Pod old = pod(awake, "old", running());

    @Test
    void onlyTheNewRevisionsPodsAreLookedAt() {
        assertThat(look(updating, old)).isEqualTo(new Seen.Running(List.of()));
        assertThat(look(updating, old, pod(updating, "new", running())))
                .isEqualTo(new Seen.Running(List.of(new Endpoint("new", "172.17.0.9", 8080))));
        assertThat(look(updating, pod(awake, "old", terminated(1, "Error", ""))))
                .isEqualTo(new Seen.Running(List.of()));
    }

    @Test
    void aContainerThatEndedHasFailedEvenIfItRunsAgain() {
        Pod restarted = pod(updating, "new", running(), terminated(3, "Error", "no settings found\n"));

        assertThat(failure(look(updating, old, restarted)).exitCode()).contains(3);
        assertThat(failure(look(updating, old, restarted)).logLines()).containsExactly("log of new");
    }

    @Test
    void anImageThatCannotBePulledYetIsNoFailureYet() {
        Pod waiting = pod(updating, "new", waiting("ImagePullBackOff", "no such host"));

        assertThat(look(updating, old, waiting)).isEqualTo(new Seen.Running(List.of()));
        assertThat(UpdateStep.late(next().name(), view(updating, waiting), NOW).reason())
                .contains("cannot be pulled", "no such host");
    }

    @Test
    void anAppThatWasPutToSleepIsStoppedWhateverTheLastRevisionFailedOf() {
        var failure = new Failure("it ended", Optional.of(3), NOW, List.of());

        assertThat(look(asleep(updating))).isEqualTo(new Seen.Stopped());
        assertThat(look(withFailure(asleep(updating), failure))).isEqualTo(new Seen.Stopped());
    }

    @Test
    void whatAFrontDoorFoundOutFirstIsAFailureWhereNothingElseServes() {
        var failure = new Failure("it ended", Optional.of(3), NOW, List.of());
        Deployment alone = new DeploymentBuilder(asleep(updating))
                .editMetadata()
                .removeFromAnnotations(Names.LAST)
                .endMetadata()
                .build();

        assertThat(look(withFailure(alone, failure))).isEqualTo(new Seen.Ended(failure));
    }

    @Test
    void anotherRevisionAndARemovalEndIt() {
        assertThat(failure(look(awake, old)).reason()).contains("another revision");
        assertThat(failure(UpdateStep.of(next(), Optional.empty(), NOW, pod -> List.of()))
                        .reason())
                .contains("removed");
    }

    private static Seen look(Deployment deployment, Pod... pods) {
        App app = next();
        return UpdateStep.of(app, view(deployment, pods), NOW, pod -> List.of("log of " + AppView.uid(pod)));
    }

    private static Optional<AppView> view(Deployment deployment, Pod... pods) {
        return AppView.wanted(deployment, List.of(pods));
    }

    private static Failure failure(Seen seen) {
        return ((Seen.Ended) seen).failure();
    }

    private static Deployment asleep(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .withReplicas(0)
                .endSpec()
                .build();
    }
}
