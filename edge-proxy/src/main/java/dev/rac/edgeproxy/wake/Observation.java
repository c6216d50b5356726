package dev.rac.edgeproxy.wake;

import dev.rac.edgeproxy.wake.WakeState.Asleep;
import dev.rac.edgeproxy.wake.WakeState.Awake;
import dev.rac.edgeproxy.wake.WakeState.Draining;
import dev.rac.edgeproxy.wake.WakeState.Failed;
import dev.rac.edgeproxy.wake.WakeState.Failed.Left;
import dev.rac.edgeproxy.wake.WakeState.Found;
import dev.rac.edgeproxy.wake.WakeState.Freezing;
import dev.rac.edgeproxy.wake.WakeState.Frozen;
import dev.rac.edgeproxy.wake.WakeState.Probing;
import dev.rac.edgeproxy.wake.WakeState.Removed;
import dev.rac.edgeproxy.wake.WakeState.Starting;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@link WakeMachine} that hears the target's watch. Pure.
 *
 * <p>The watch may lag behind what this front door did itself a moment ago. So while a start or stop is under way, and
 * until its own endpoints have been told once, what says that nothing runs is not believed.
 */
final class Observation {
    private static final String ENDED_EARLY = "it ended before it answered";

    private Observation() {}

    static Step step(AppModel before, AppStatus status, long nowNanos) {
        AppModel model = before.told(status.app(), status.failure());
        return switch (model.state()) {
            case Asleep asleep -> resting(model, status, nowNanos);
            case Found found -> resting(model, status, nowNanos);
            case Frozen frozen -> resting(model, status, nowNanos);
            case Freezing freezing -> Step.to(model);
            case Starting starting -> Step.to(model);
            case Probing probing -> probing(model, probing, status, nowNanos);
            case Awake awake -> awake(model, awake, status, nowNanos);
            // Of another revision it is not known that it fails.
            case Draining draining
            when !before.app().equals(status.app()) ->
                Step.to(model.with(new Draining(draining.endpoints(), Optional.empty())));
            case Draining draining -> Step.to(model);
            case Failed failed ->
                before.app().equals(status.app()) ? failed(model, failed, status) : resting(model, status, nowNanos);
            case Removed removed -> Step.to(before);
        };
    }

    private static Step resting(AppModel model, AppStatus status, long nowNanos) {
        return Step.to(
                switch (status.state()) {
                    case ASLEEP, WAKING -> model.with(new Asleep());
                    case AWAKE -> model.with(new Found(status.endpoints()));
                    case FROZEN -> model.with(new Frozen());
                    // Whenever that was: a request may try again at once.
                    case FAILED -> model.with(new Failed(reason(status), nowNanos, List.of(), Left.TO_RECORD));
                });
    }

    private static Step probing(AppModel model, Probing probing, AppStatus status, long nowNanos) {
        // Frozen by another front door; or before this start, which is told late: what goes on has the same address.
        if (!probing.app().equals(model.app()) || status.state() == AppState.FROZEN) {
            return WakeMachine.wake(model);
        }
        if (status.state() == AppState.FAILED && !status.failure().equals(probing.before())) {
            return WakeMachine.failed(model, reason(status), true, nowNanos);
        }
        boolean there = shares(status.endpoints(), probing.endpoints());
        if (probing.seen() && !there) {
            return WakeMachine.failed(model, ENDED_EARLY, true, nowNanos);
        }
        return Step.to(model.with(new Probing(
                probing.attempt(), probing.app(), probing.before(), probing.endpoints(), probing.seen() || there)));
    }

    private static Step awake(AppModel model, Awake awake, AppStatus status, long nowNanos) {
        List<Endpoint> left =
                awake.endpoints().stream().filter(status.endpoints()::contains).toList();
        if (!left.isEmpty()) {
            return Step.to(model.with(new Awake(left, true, awake.sinceNanos())));
        }
        if (!awake.seen()) {
            return Step.to(model);
        }
        return switch (status.state()) {
            case ASLEEP, WAKING -> Step.to(model.with(new Asleep()));
            case AWAKE -> Step.to(model.with(new Found(status.endpoints())));
            case FROZEN -> Step.to(model.with(new Frozen()));
            case FAILED -> Step.to(WakeMachine.crashed(model, awake, reason(status), nowNanos));
        };
    }

    private static Step failed(AppModel model, Failed failed, AppStatus status) {
        List<Endpoint> running = status.state() == AppState.AWAKE ? status.endpoints() : List.of();
        return Step.to(model.with(failed.with(running)));
    }

    private static boolean shares(List<Endpoint> some, List<Endpoint> others) {
        return some.stream().anyMatch(others::contains);
    }

    private static String reason(AppStatus status) {
        return status.failure().map(Failure::reason).orElse(ENDED_EARLY);
    }
}
