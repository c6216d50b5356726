package dev.rac.edgeproxy.wake;

import static dev.rac.edgeproxy.TestApps.app;
import static dev.rac.edgeproxy.TestApps.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.edgeproxy.wake.WakeState.Asleep;
import dev.rac.edgeproxy.wake.WakeState.Awake;
import dev.rac.edgeproxy.wake.WakeState.Draining;
import dev.rac.edgeproxy.wake.WakeState.Failed;
import dev.rac.edgeproxy.wake.WakeState.Found;
import dev.rac.edgeproxy.wake.WakeState.Probing;
import dev.rac.edgeproxy.wake.WakeState.Removed;
import dev.rac.edgeproxy.wake.WakeState.Starting;
import dev.rac.targets.App;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WakeMachineTest {
    private static final App APP = app("hello");
    private static final App NEXT = withDigest(APP, "sha256:2");
    private static final Endpoint ONE = new Endpoint("one", "10.0.0.1", 8080);
    private static final Endpoint TWO = new Endpoint("two", "10.0.0.2", 8080);
    private static final Failure FAILURE = new Failure("it exited", Optional.of(1), Instant.EPOCH, List.of());
    private static final long NOW = 1_000_000_000_000L;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void aRequestWakesASleepingApp() {
        Step step = request(model(new Asleep()));

        assertThat(step.verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(step.actions()).containsExactly(new WakeAction.Wake(1));
        assertThat(step.model().state()).isEqualTo(new Starting(1, APP, Optional.empty()));
    }

    @Test
    void aSecondRequestWaitsForTheSameStart() {
        Step step = request(request(model(new Asleep())).model());

        assertThat(step.verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(step.actions()).isEmpty();
    }

    @Test
    void aStartPassesFromTheAddressToTheAnswer() {
        AppModel starting = request(model(new Asleep())).model();
        AppModel probing =
                step(starting, new WakeEvent.Located(1, List.of(ONE))).model();
        Step answered = step(probing, new WakeEvent.Answered(1, List.of(ONE), NOW));

        assertThat(probing.state()).isEqualTo(new Probing(1, APP, Optional.empty(), List.of(ONE), false));
        assertThat(answered.model().state()).isEqualTo(new Awake(List.of(ONE), false, NOW));
        assertThat(request(answered.model()).verdict()).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void anAppThatRunsAlreadyIsAskedWhetherItAnswers() {
        AppModel found = observe(model(new Asleep()), AppState.AWAKE, ONE).model();

        assertThat(found.state()).isEqualTo(new Found(List.of(ONE)));
        assertThat(request(found).actions()).containsExactly(new WakeAction.Wake(1));
    }

    @Test
    void aFailedStartIsRecordedAndRefusesWhoWaits() {
        AppModel starting = request(model(new Asleep())).model();
        Step failed = step(starting, new WakeEvent.WakeFailed(1, "it exited", true, NOW));

        assertThat(failed.actions())
                .containsExactly(new WakeAction.Fail("it exited"), new WakeAction.RefuseWaiting("it exited"));
        Failed cause = failed("it exited", NOW + SECOND);
        assertThat(failed.model().state()).isEqualTo(new Draining(List.of(), Optional.of(cause)));
        assertThat(request(failed.model()).verdict())
                .isEqualTo(new Verdict.RefuseFailed("it exited", Duration.ofSeconds(1)));
        Step recorded = step(failed.model(), new WakeEvent.Stopped(true, false));
        assertThat(recorded.model().state()).isEqualTo(cause.asSettled());
    }

    @Test
    void whoComesWhileAFailureIsRecordedAndItsBackoffIsOverWaitsForTheNextStart() {
        AppModel recording = model(new Draining(List.of(), Optional.of(failed("it exited", NOW))));

        assertThat(request(recording).verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(request(recording).actions()).isEmpty();
        assertThat(step(recording, new WakeEvent.Stopped(true, true)).actions())
                .containsExactly(new WakeAction.Wake(1));
    }

    @Test
    void anotherRevisionThatComesWhileAFailureIsRecordedIsNotBlamed() {
        AppModel recording = model(new Draining(List.of(), Optional.of(failed("it exited", NOW + SECOND))));
        AppModel deployed =
                observe(recording, NEXT, AppState.ASLEEP, Optional.empty()).model();

        assertThat(request(deployed).verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(step(deployed, new WakeEvent.Stopped(true, false)).model().state())
                .isEqualTo(new Asleep());
    }

    @Test
    void aPlatformThatDoesNotWorkIsNotTheAppsFailure() {
        AppModel starting = request(model(new Asleep())).model();
        Step failed = step(starting, new WakeEvent.WakeFailed(1, "no platform", false, NOW));

        assertThat(failed.actions()).containsExactly(new WakeAction.RefuseWaiting("no platform"));
        // What it may have begun is stopped, and not called the app's failure.
        Step idle = step(failed.model(), new WakeEvent.Idle());
        assertThat(idle.actions()).containsExactly(new WakeAction.Sleep());
        assertThat(step(idle.model(), new WakeEvent.Stopped(true, false))
                        .model()
                        .state())
                .isEqualTo(new Asleep());
    }

    @Test
    void afterAFailureRequestsAreRefusedUntilTheBackoffIsOver() {
        AppModel failed = model(failed("it exited", NOW + SECOND));

        assertThat(request(failed).verdict()).isEqualTo(new Verdict.RefuseFailed("it exited", Duration.ofSeconds(1)));
        assertThat(request(failed).actions()).isEmpty();
        assertThat(step(failed, new WakeEvent.Requested(NOW + SECOND)).actions())
                .containsExactly(new WakeAction.Wake(1));
    }

    @Test
    void theBackoffDoublesWithEachFailureInARow() {
        AppModel model = model(new Asleep());
        long nowNanos = NOW;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            AppModel starting = step(model, new WakeEvent.Requested(nowNanos)).model();
            model = step(starting, new WakeEvent.WakeFailed(starting.attempts(), "why", true, nowNanos))
                    .model();
            model = step(model, new WakeEvent.Stopped(true, false)).model();
            assertThat(model.state())
                    .isEqualTo(failed("why", nowNanos + seconds * SECOND).asSettled());
            nowNanos += seconds * SECOND;
        }
    }

    @Test
    void anotherRevisionStartsWithACleanRecord() {
        AppModel failed = model(failed("it exited", NOW + 60 * SECOND)).withFailures(9);
        AppModel deployed =
                observe(failed, NEXT, AppState.ASLEEP, Optional.empty()).model();

        assertThat(deployed.failures()).isZero();
        assertThat(request(deployed).actions()).containsExactly(new WakeAction.Wake(1));
    }

    @Test
    void theSameRevisionToldAgainKeepsItsBackoff() {
        AppModel failed = model(failed("it exited", NOW + SECOND)).withFailures(1);
        AppModel told =
                observe(failed, APP, AppState.FAILED, Optional.of(FAILURE)).model();

        assertThat(told.failures()).isEqualTo(1);
        assertThat(request(told).verdict()).isInstanceOf(Verdict.RefuseFailed.class);
    }

    @Test
    void aFailureFromBeforeThisFrontDoorDoesNotKeepARequestFromTrying() {
        AppModel told = observe(model(new Asleep()), APP, AppState.FAILED, Optional.of(FAILURE))
                .model();

        assertThat(request(told).actions()).containsExactly(new WakeAction.Wake(1));
    }

    @Test
    void anAppThatEndsBeforeItAnswersIsGivenUpAtOnce() {
        AppModel probing = model(new Probing(1, APP, Optional.empty(), List.of(ONE), false));
        Step told = observe(probing, APP, AppState.FAILED, Optional.of(FAILURE));

        assertThat(told.model().state()).isInstanceOf(Draining.class);
        assertThat(told.actions()).contains(new WakeAction.RefuseWaiting("it exited"));
    }

    @Test
    void theFailureOfAnEarlierStartSaysNothingOfThisOne() {
        AppModel probing = model(new Probing(1, APP, Optional.of(FAILURE), List.of(ONE), false));
        Step told = observe(probing, APP, AppState.FAILED, Optional.of(FAILURE));

        assertThat(told.model().state()).isEqualTo(probing.state());
    }

    @Test
    void anInstanceThatVanishesBeforeItAnswersIsGivenUpOnlyIfItHasBeenTold() {
        AppModel probing = model(new Probing(1, APP, Optional.empty(), List.of(ONE), false));
        AppModel late = observe(probing, AppState.ASLEEP).model();
        AppModel seen = observe(late, AppState.AWAKE, ONE).model();
        Step vanished = observe(seen, AppState.ASLEEP);

        assertThat(late.state()).isEqualTo(probing.state());
        assertThat(vanished.model().state()).isInstanceOf(Draining.class);
    }

    @Test
    void aRevisionDeployedDuringAStartIsStartedInstead() {
        AppModel starting = request(model(new Asleep())).model();
        AppModel told =
                observe(starting, NEXT, AppState.ASLEEP, Optional.empty()).model();
        Step located = step(told, new WakeEvent.Located(1, List.of(ONE)));

        assertThat(told.state()).isEqualTo(starting.state());
        assertThat(located.actions()).containsExactly(new WakeAction.Wake(2));
        assertThat(located.model().state()).isEqualTo(new Starting(2, NEXT, Optional.empty()));
    }

    @Test
    void aStartThatFailedBecauseOfADeploymentIsNoFailure() {
        AppModel starting = request(model(new Asleep())).model();
        AppModel told =
                observe(starting, NEXT, AppState.ASLEEP, Optional.empty()).model();
        Step failed = step(told, new WakeEvent.WakeFailed(1, "it was removed", true, NOW));

        assertThat(failed.actions()).containsExactly(new WakeAction.Wake(2));
        assertThat(failed.model().failures()).isZero();
    }

    @Test
    void aRevisionDeployedWhileTheAddressIsProbedIsStartedInstead() {
        AppModel probing =
                model(new Probing(1, APP, Optional.empty(), List.of(ONE), true)).withAttempt();
        Step told = observe(probing, NEXT, AppState.ASLEEP, Optional.empty());

        assertThat(told.actions()).containsExactly(new WakeAction.Wake(2));
    }

    @Test
    void anIdleAppIsStoppedAndARequestDuringTheStopIsServedByTheNextStart() {
        Step idle = step(awake(ONE), new WakeEvent.Idle());
        Step asked = request(idle.model());
        Step stopped = step(asked.model(), new WakeEvent.Stopped(true, true));

        assertThat(idle.actions()).containsExactly(new WakeAction.Sleep());
        assertThat(idle.model().state()).isEqualTo(new Draining(List.of(ONE), Optional.empty()));
        assertThat(asked.verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(asked.actions()).isEmpty();
        assertThat(stopped.actions()).containsExactly(new WakeAction.Wake(1));
    }

    @Test
    void aStopThatNobodyWaitedForLeavesTheAppAsleep() {
        AppModel draining = model(new Draining(List.of(ONE), Optional.empty()));

        assertThat(step(draining, new WakeEvent.Stopped(true, false)).model().state())
                .isEqualTo(new Asleep());
        assertThat(step(draining, new WakeEvent.Stopped(false, false)).model().state())
                .isEqualTo(new Found(List.of(ONE)));
    }

    @Test
    void aRequestThatCannotConnectStartsTheAppAgainTheFirstTime() {
        Step again = step(awake(ONE), new WakeEvent.Unreachable(ONE, NOW));

        assertThat(again.verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(again.actions()).containsExactly(new WakeAction.Wake(1));
    }

    @Test
    void anAppThatKeepsVanishingIsStartedLessAndLessOften() {
        AppModel once = step(awake(ONE), new WakeEvent.Unreachable(ONE, NOW)).model();
        AppModel awake = once.with(new Awake(List.of(TWO), true, NOW));
        Step twice = step(awake, new WakeEvent.Unreachable(TWO, NOW + SECOND));

        assertThat(twice.verdict()).isInstanceOf(Verdict.RefuseFailed.class);
        assertThat(twice.actions()).isEmpty();
    }

    @Test
    void anAppThatWasWellForAMinuteIsForgivenItsPast() {
        AppModel awake = awake(ONE).withFailures(5);
        Step again = step(awake, new WakeEvent.Unreachable(ONE, NOW + 60 * SECOND));

        assertThat(again.actions()).containsExactly(new WakeAction.Wake(1));
        assertThat(again.model().failures()).isEqualTo(1);
    }

    @Test
    void anUnreachableInstanceOfSeveralIsLeftOut() {
        Step again = step(awake(ONE, TWO), new WakeEvent.Unreachable(ONE, NOW));

        assertThat(again.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(again.model().state()).isEqualTo(new Awake(List.of(TWO), true, NOW));
    }

    @Test
    void anInstanceLeftOutLongAgoChangesNothing() {
        Step again = step(awake(TWO), new WakeEvent.Unreachable(ONE, NOW));

        assertThat(again.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(again.model()).isEqualTo(awake(TWO));
    }

    @Test
    void anAppThatEndsWhileAwakeIsStartedByTheNextRequest() {
        AppModel ended =
                observe(awake(ONE), APP, AppState.FAILED, Optional.of(FAILURE)).model();

        assertThat(ended.state()).isEqualTo(failed("it exited", NOW));
        assertThat(request(ended).actions()).containsExactly(new WakeAction.Wake(1));
    }

    @Test
    void anAppThatEndedAndIsNotAskedForIsStoppedForGoodWhenIdle() {
        Failed ended = failed("it exited", NOW);
        Step idle = step(model(ended), new WakeEvent.Idle());

        assertThat(idle.actions()).containsExactly(new WakeAction.Fail("it exited"));
        assertThat(idle.model().state()).isEqualTo(new Draining(List.of(), Optional.of(ended)));
        AppModel settled =
                step(idle.model(), new WakeEvent.Stopped(true, false)).model();
        assertThat(settled.state()).isEqualTo(ended.asSettled());
        assertThat(step(settled, new WakeEvent.Idle()).actions()).isEmpty();
        assertThat(step(idle.model(), new WakeEvent.Stopped(false, false))
                        .model()
                        .state())
                .isEqualTo(ended);
    }

    @Test
    void anAppStoppedByOthersIsAsleepButOldNewsIsNotBelieved() {
        AppModel unseen = model(new Awake(List.of(ONE), false, NOW));

        assertThat(observe(unseen, AppState.ASLEEP).model().state()).isEqualTo(unseen.state());
        assertThat(observe(awake(ONE), AppState.ASLEEP).model().state()).isEqualTo(new Asleep());
        assertThat(observe(awake(ONE), AppState.AWAKE, TWO).model().state()).isEqualTo(new Found(List.of(TWO)));
        assertThat(observe(unseen, AppState.AWAKE, ONE, TWO).model().state())
                .isEqualTo(new Awake(List.of(ONE), true, NOW));
    }

    @Test
    void anAppThatOthersStartedDuringItsBackoffIsPutToSleepWhenIdle() {
        AppModel failed = model(failed("why", NOW + SECOND).asSettled());
        AppModel running = observe(failed, AppState.AWAKE, ONE).model();

        assertThat(step(failed, new WakeEvent.Idle()).actions()).isEmpty();
        assertThat(step(running, new WakeEvent.Idle()).actions()).containsExactly(new WakeAction.Sleep());
    }

    @Test
    void aRemovedAppIsGoneForGood() {
        AppModel removed = step(awake(ONE), new WakeEvent.Vanished()).model();

        assertThat(request(removed).verdict()).isInstanceOf(Verdict.RefuseRemoved.class);
        assertThat(observe(removed, AppState.AWAKE, ONE).model().state()).isEqualTo(new Removed());
    }

    private static Failed failed(String reason, long untilNanos) {
        return new Failed(reason, untilNanos, List.of(), Failed.Left.TO_RECORD);
    }

    private static AppModel model(WakeState state) {
        return AppModel.of(APP).with(state);
    }

    private static AppModel awake(Endpoint... endpoints) {
        return model(new Awake(List.of(endpoints), true, NOW));
    }

    private static Step request(AppModel model) {
        return step(model, new WakeEvent.Requested(NOW));
    }

    private static Step observe(AppModel model, AppState state, Endpoint... endpoints) {
        return step(
                model,
                new WakeEvent.Observed(new AppStatus(model.app(), state, List.of(endpoints), Optional.empty()), NOW));
    }

    private static Step observe(AppModel model, App app, AppState state, Optional<Failure> failure) {
        return step(model, new WakeEvent.Observed(new AppStatus(app, state, List.of(), failure), NOW));
    }

    private static Step step(AppModel model, WakeEvent event) {
        return WakeMachine.step(model, event);
    }
}
