package dev.rac.edgeproxy.wake;

import static dev.rac.edgeproxy.TestApps.app;
import static dev.rac.edgeproxy.TestApps.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.edgeproxy.wake.WakeState.Asleep;
import dev.rac.edgeproxy.wake.WakeState.Awake;
import dev.rac.edgeproxy.wake.WakeState.Draining;
import dev.rac.edgeproxy.wake.WakeState.Failed;
import dev.rac.edgeproxy.wake.WakeState.Found;
import dev.rac.edgeproxy.wake.WakeState.Freezing;
import dev.rac.edgeproxy.wake.WakeState.Frozen;
import dev.rac.edgeproxy.wake.WakeState.Probing;
import dev.rac.edgeproxy.wake.WakeState.Removed;
import dev.rac.edgeproxy.wake.WakeState.Starting;
import dev.rac.edgeproxy.wake.WakeState.Waking;
import dev.rac.targets.App;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every event in every state. */
class WakeMachineEveryStepTest {
    private static final App APP = app("hello");
    private static final App NEXT = withDigest(APP, "sha256:2");
    private static final Endpoint ONE = new Endpoint("one", "10.0.0.1", 8080);
    private static final Endpoint TWO = new Endpoint("two", "10.0.0.2", 8080);
    private static final Optional<Failure> FAILURE =
            Optional.of(new Failure("why", Optional.of(1), Instant.EPOCH, List.of()));
    private static final long NOW = 1_000_000_000_000L;
    private static final long ATTEMPT = 3;

    static Stream<Arguments> everyStep() {
        return states().flatMap(state -> events().map(event -> Arguments.of(state, event)));
    }

    private static Stream<WakeState> states() {
        var states = new ArrayList<WakeState>(List.of(
                new Asleep(),
                new Found(List.of(ONE)),
                new Freezing(List.of(ONE)),
                new Frozen(),
                new Draining(List.of(ONE), Optional.empty()),
                new Draining(List.of(), Optional.of(new Failed("why", NOW - 1, List.of(), Failed.Left.TO_RECORD))),
                new Draining(List.of(), Optional.of(new Failed("why", NOW + 1, List.of(), Failed.Left.TO_RECORD))),
                new Failed("why", NOW - 1, List.of(), Failed.Left.NOTHING),
                new Failed("why", NOW + 1, List.of(), Failed.Left.NOTHING),
                new Failed("why", NOW - 1, List.of(), Failed.Left.TO_RECORD),
                new Failed("why", NOW + 1, List.of(), Failed.Left.TO_RECORD),
                new Failed("why", NOW + 1, List.of(ONE), Failed.Left.NOTHING),
                new Failed("why", NOW + 1, List.of(), Failed.Left.TO_STOP),
                new Failed("why", NOW + 1, List.of(ONE), Failed.Left.TO_STOP),
                new Failed("why", NOW + 1, List.of(ONE), Failed.Left.TO_RECORD),
                new Removed()));
        for (App app : List.of(APP, NEXT)) {
            for (Optional<Failure> before : List.of(Optional.<Failure>empty(), FAILURE)) {
                states.add(new Starting(ATTEMPT, app, before));
                states.add(new Probing(ATTEMPT, app, before, List.of(ONE), true));
                states.add(new Probing(ATTEMPT, app, before, List.of(ONE, TWO), false));
            }
        }
        for (boolean seen : new boolean[] {true, false}) {
            states.add(new Awake(List.of(ONE), seen, 0));
            states.add(new Awake(List.of(ONE), seen, NOW));
            states.add(new Awake(List.of(ONE, TWO), seen, NOW));
        }
        return states.stream();
    }

    private static Stream<WakeEvent> events() {
        var events = new ArrayList<WakeEvent>(List.of(
                new WakeEvent.Requested(NOW),
                new WakeEvent.Unreachable(ONE, NOW),
                new WakeEvent.Unreachable(TWO, NOW),
                new WakeEvent.Vanished(),
                new WakeEvent.Idle(),
                new WakeEvent.Quiet(),
                new WakeEvent.FreezeEnded(true, true),
                new WakeEvent.FreezeEnded(true, false),
                new WakeEvent.FreezeEnded(false, true),
                new WakeEvent.FreezeEnded(false, false),
                new WakeEvent.Stopped(true, true),
                new WakeEvent.Stopped(true, false),
                new WakeEvent.Stopped(false, true),
                new WakeEvent.Stopped(false, false)));
        for (long attempt : new long[] {ATTEMPT, ATTEMPT - 1}) {
            events.add(new WakeEvent.Located(attempt, List.of(ONE)));
            events.add(new WakeEvent.Answered(attempt, List.of(ONE), NOW));
            events.add(new WakeEvent.WakeFailed(attempt, "why", true, NOW));
            events.add(new WakeEvent.WakeFailed(attempt, "why", false, NOW));
        }
        for (App app : List.of(APP, NEXT)) {
            events.add(observed(app, AppState.ASLEEP, Optional.empty()));
            events.add(observed(app, AppState.WAKING, Optional.empty()));
            events.add(observed(app, AppState.FAILED, Optional.empty()));
            events.add(observed(app, AppState.FAILED, FAILURE));
            events.add(observed(app, AppState.AWAKE, Optional.empty(), ONE));
            events.add(observed(app, AppState.AWAKE, Optional.empty(), TWO));
            events.add(observed(app, AppState.FROZEN, Optional.empty()));
        }
        return events.stream();
    }

    private static WakeEvent observed(App app, AppState state, Optional<Failure> failure, Endpoint... endpoints) {
        return new WakeEvent.Observed(new AppStatus(app, state, List.of(endpoints), failure), NOW);
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void aRequestGetsAVerdictThatTheStateKeeps(WakeState state, WakeEvent event) {
        Step step = step(state, event);
        boolean request = event instanceof WakeEvent.Requested || event instanceof WakeEvent.Unreachable;

        switch (step.verdict()) {
            case Verdict.NoRequest none -> assertThat(request).isFalse();
            case Verdict.Pass pass -> assertThat(step.model().state()).isInstanceOf(Awake.class);
            case Verdict.Hold hold ->
                assertThat(step.model().state()).isInstanceOfAny(Waking.class, Draining.class, Freezing.class);
            case Verdict.RefuseFailed failed -> {
                assertThat(cause(step.model().state())).isPresent();
                assertThat(failed.retryAfter()).isPositive();
            }
            case Verdict.RefuseRemoved removed ->
                assertThat(step.model().state()).isEqualTo(new Removed());
        }
        assertThat(request).isEqualTo(!(step.verdict() instanceof Verdict.NoRequest));
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void aStartBeginsOnlyWhenNoneIsUnderWay(WakeState state, WakeEvent event) {
        Step step = step(state, event);
        List<WakeAction> wakes = step.actions().stream()
                .filter(WakeAction.Wake.class::isInstance)
                .toList();
        if (wakes.isEmpty()) {
            // A start that is not begun anew is the one that was under way.
            if (step.model().state() instanceof Waking waking) {
                assertThat(waking.attempt()).isEqualTo(ATTEMPT);
            }
            return;
        }
        assertThat(wakes).containsExactly(new WakeAction.Wake(ATTEMPT + 1));
        assertThat(step.model().state())
                .isInstanceOfSatisfying(
                        Starting.class,
                        starting -> assertThat(starting.attempt()).isEqualTo(ATTEMPT + 1));
        if (state instanceof Starting) {
            assertThat(event).isInstanceOfAny(WakeEvent.Located.class, WakeEvent.WakeFailed.class);
        }
        if (state instanceof Draining) {
            assertThat(event).isInstanceOf(WakeEvent.Stopped.class);
        }
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void aStopBeginsOnlyWhenIdleOrWhenAStartFailsAndIsWaitedFor(WakeState state, WakeEvent event) {
        Step step = step(state, event);

        boolean sleeps = step.actions().contains(new WakeAction.Sleep());
        boolean fails = step.actions().stream().anyMatch(WakeAction.Fail.class::isInstance);
        assertThat(sleeps && fails).isFalse();
        assertThat(sleeps || fails).isEqualTo(step.model().state() instanceof Draining && !(state instanceof Draining));
        if (sleeps || (fails && !(state instanceof Waking))) {
            assertThat(event).isInstanceOf(WakeEvent.Idle.class);
        }
        if (state instanceof Draining && !(step.model().state() instanceof Draining)) {
            assertThat(event).isInstanceOfAny(WakeEvent.Stopped.class, WakeEvent.Vanished.class);
        }
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void whoWaitsIsNeverLeftBehind(WakeState state, WakeEvent event) {
        if (!mayWait(state)
                || event.equals(new WakeEvent.FreezeEnded(true, false))
                || event.equals(new WakeEvent.FreezeEnded(false, false))
                || event.equals(new WakeEvent.Stopped(true, false))
                || event.equals(new WakeEvent.Stopped(false, false))) {
            return;
        }
        Step step = step(state, event);

        boolean stillWaits = mayWait(step.model().state());
        boolean released = step.model().state() instanceof Awake || step.model().state() instanceof Removed;
        boolean refused = step.actions().stream().anyMatch(WakeAction.RefuseWaiting.class::isInstance);
        assertThat(stillWaits || released || refused).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void aFreezeBeginsOnlyInTheQuietAndNothingElseIsDoneBeforeItsEnd(WakeState state, WakeEvent event) {
        Step step = step(state, event);

        assertThat(step.actions().contains(new WakeAction.Freeze()))
                .isEqualTo(state instanceof Awake && event instanceof WakeEvent.Quiet);
        if (state instanceof Freezing && !(step.model().state() instanceof Freezing)) {
            assertThat(event).isInstanceOfAny(WakeEvent.FreezeEnded.class, WakeEvent.Vanished.class);
        } else if (state instanceof Freezing) {
            assertThat(step.actions()).isEmpty();
        }
    }

    private static boolean mayWait(WakeState state) {
        return state instanceof Waking || state instanceof Draining || state instanceof Freezing;
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void whatIsAwakeHasAnAddress(WakeState state, WakeEvent event) {
        if (step(state, event).model().state() instanceof Awake awake) {
            assertThat(awake.endpoints()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void theResultOfAnEarlierStartChangesNothing(WakeState state, WakeEvent event) {
        boolean stale = switch (event) {
            case WakeEvent.Located located -> located.attempt() < ATTEMPT;
            case WakeEvent.Answered answered -> answered.attempt() < ATTEMPT;
            case WakeEvent.WakeFailed failed -> failed.attempt() < ATTEMPT;
            default -> false;
        };
        if (stale) {
            assertThat(step(state, event)).isEqualTo(Step.to(model(state)));
        }
    }

    /** What requests are refused for. */
    private static Optional<Failed> cause(WakeState state) {
        return state instanceof Draining draining
                ? draining.failed()
                : Optional.of(state).filter(Failed.class::isInstance).map(Failed.class::cast);
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void whatMayRunIsStoppedWhenIdle(WakeState state, WakeEvent event) {
        if (event instanceof WakeEvent.Idle) {
            boolean rests = state instanceof Asleep
                    || state instanceof Removed
                    || (state instanceof Failed failed && !failed.mayRun());
            boolean busy = state instanceof Waking || state instanceof Draining || state instanceof Freezing;
            assertThat(step(state, event).model().state() instanceof Draining)
                    .isEqualTo(state instanceof Draining || !(rests || busy));
        }
    }

    private static AppModel model(WakeState state) {
        return new AppModel(APP, Optional.empty(), 2, ATTEMPT, state);
    }

    private static Step step(WakeState state, WakeEvent event) {
        return WakeMachine.step(model(state), event);
    }
}
