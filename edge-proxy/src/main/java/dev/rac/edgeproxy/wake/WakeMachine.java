package dev.rac.edgeproxy.wake;

import dev.rac.edgeproxy.wake.WakeAction.Fail;
import dev.rac.edgeproxy.wake.WakeAction.Freeze;
import dev.rac.edgeproxy.wake.WakeAction.RefuseWaiting;
import dev.rac.edgeproxy.wake.WakeAction.Sleep;
import dev.rac.edgeproxy.wake.WakeAction.Wake;
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
import dev.rac.edgeproxy.wake.WakeState.Waking;
import dev.rac.targets.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of an app and of the requests for it. Pure: no clock, no I/O, no waiting.
 *
 * <p>Requests pass exactly while the state is {@link Awake}. There is one start or stop at a time: a request that comes
 * during either waits for its end. {@link Observation} decides what the target's watch tells.
 */
final class WakeMachine {
    private static final String NOT_ANSWERING = "it stopped answering";

    private WakeMachine() {}

    static Step step(AppModel model, WakeEvent event) {
        return switch (event) {
            case WakeEvent.Requested requested -> requested(model, requested.nowNanos());
            case WakeEvent.Unreachable unreachable -> unreachable(model, unreachable);
            case WakeEvent.Observed observed -> Observation.step(model, observed.status(), observed.nowNanos());
            case WakeEvent.Vanished vanished -> Step.to(model.with(new Removed()));
            case WakeEvent.Located located -> located(model, located);
            case WakeEvent.Answered answered -> answered(model, answered);
            case WakeEvent.WakeFailed failed -> wakeFailed(model, failed);
            case WakeEvent.Quiet quiet -> quiet(model);
            case WakeEvent.FreezeEnded ended -> freezeEnded(model, ended);
            case WakeEvent.Idle idle -> idle(model);
            case WakeEvent.Stopped stopped -> stopped(model, stopped);
        };
    }

    private static Step requested(AppModel model, long nowNanos) {
        return switch (model.state()) {
            case Asleep asleep -> wake(model).with(new Verdict.Hold());
            case Found found -> wake(model).with(new Verdict.Hold());
            case Frozen frozen -> wake(model).with(new Verdict.Hold());
            case Freezing freezing -> Step.to(model).with(new Verdict.Hold());
            case Waking waking -> Step.to(model).with(new Verdict.Hold());
            case Awake awake -> Step.to(model).with(new Verdict.Pass());
            case Draining draining ->
                Step.to(model)
                        .with(draining.failed()
                                .flatMap(failed -> refusal(failed, nowNanos))
                                .orElseGet(Verdict.Hold::new));
            case Failed failed ->
                refusal(failed, nowNanos)
                        .map(refusal -> Step.to(model).with(refusal))
                        .orElseGet(() -> wake(model).with(new Verdict.Hold()));
            case Removed removed -> Step.to(model).with(new Verdict.RefuseRemoved());
        };
    }

    private static Optional<Verdict> refusal(Failed failed, long nowNanos) {
        long waitNanos = failed.untilNanos() - nowNanos;
        return waitNanos > 0
                ? Optional.of(new Verdict.RefuseFailed(failed.reason(), Duration.ofNanos(waitNanos)))
                : Optional.empty();
    }

    private static Step unreachable(AppModel model, WakeEvent.Unreachable event) {
        if (!(model.state() instanceof Awake awake) || !awake.endpoints().contains(event.endpoint())) {
            return requested(model, event.nowNanos());
        }
        List<Endpoint> rest = awake.endpoints().stream()
                .filter(endpoint -> !endpoint.equals(event.endpoint()))
                .toList();
        AppModel next = rest.isEmpty()
                ? crashed(model, awake, NOT_ANSWERING, event.nowNanos())
                : model.with(new Awake(rest, awake.seen(), awake.sinceNanos()));
        return requested(next, event.nowNanos());
    }

    private static Step located(AppModel model, WakeEvent.Located event) {
        if (!(model.state() instanceof Starting starting) || starting.attempt() != event.attempt()) {
            return Step.to(model);
        }
        return starting.app().equals(model.app())
                ? Step.to(model.with(
                        new Probing(starting.attempt(), starting.app(), starting.before(), event.endpoints(), false)))
                // Deployed meanwhile: these may be the last revision's addresses.
                : wake(model);
    }

    private static Step answered(AppModel model, WakeEvent.Answered event) {
        if (!(model.state() instanceof Probing probing) || probing.attempt() != event.attempt()) {
            return Step.to(model);
        }
        return Step.to(model.with(new Awake(event.endpoints(), probing.seen(), event.nowNanos())));
    }

    private static Step wakeFailed(AppModel model, WakeEvent.WakeFailed event) {
        if (!(model.state() instanceof Waking waking) || waking.attempt() != event.attempt()) {
            return Step.to(model);
        }
        if (!waking.app().equals(model.app())) {
            return wake(model);
        }
        return failed(model, event.reason(), event.record(), event.nowNanos());
    }

    private static Step quiet(AppModel model) {
        return model.state() instanceof Awake awake
                ? Step.to(model.with(new Freezing(awake.endpoints())), new Freeze())
                : Step.to(model);
    }

    private static Step freezeEnded(AppModel model, WakeEvent.FreezeEnded event) {
        if (!(model.state() instanceof Freezing freezing)) {
            return Step.to(model);
        }
        if (event.waiting()) {
            return wake(model);
        }
        return Step.to(model.with(event.done() ? new Frozen() : new Found(freezing.endpoints())));
    }

    private static Step idle(AppModel model) {
        return switch (model.state()) {
            case Awake awake -> sleep(model, awake.endpoints());
            case Found found -> sleep(model, found.endpoints());
            case Frozen frozen -> sleep(model, List.of());
            case Freezing freezing -> Step.to(model);
            case Failed failed when !failed.running().isEmpty() -> sleep(model, failed.running());
            case Failed failed ->
                switch (failed.left()) {
                    case NOTHING -> Step.to(model);
                    case TO_RECORD -> fail(model, failed);
                    case TO_STOP -> sleep(model, List.of());
                };
            case Asleep asleep -> Step.to(model);
            case Waking waking -> Step.to(model);
            case Draining draining -> Step.to(model);
            case Removed removed -> Step.to(model);
        };
    }

    private static Step stopped(AppModel model, WakeEvent.Stopped event) {
        if (!(model.state() instanceof Draining draining)) {
            return Step.to(model);
        }
        if (event.waiting()) {
            return wake(model);
        }
        return Step.to(model.with(draining.failed()
                .<WakeState>map(failed -> event.done() ? failed.asSettled() : failed)
                .orElseGet(() -> event.done() ? new Asleep() : new Found(draining.endpoints()))));
    }

    /** Begins a start. */
    static Step wake(AppModel model) {
        AppModel next = model.withAttempt();
        long attempt = next.attempts();
        return Step.to(next.with(new Starting(attempt, next.app(), next.failure())), new Wake(attempt));
    }

    /** Ends a start that came to nothing. */
    static Step failed(AppModel model, String reason, boolean record, long nowNanos) {
        int failures = model.failures() + 1;
        long untilNanos = nowNanos + Backoff.after(failures).toNanos();
        var failed = new Failed(reason, untilNanos, List.of(), record ? Left.TO_RECORD : Left.TO_STOP);
        AppModel next = model.withFailures(failures);
        return record
                ? Step.to(next.with(draining(failed)), new Fail(reason), new RefuseWaiting(reason))
                : Step.to(next.with(failed), new RefuseWaiting(reason));
    }

    /**
     * An app that was awake runs no more. The first such end is forgiven, so that the next request starts it at once;
     * one that keeps ending is started less and less often.
     */
    static AppModel crashed(AppModel model, Awake awake, String reason, long nowNanos) {
        boolean stable = nowNanos - awake.sinceNanos() >= Backoff.STABLE.toNanos();
        int failures = stable ? 1 : model.failures() + 1;
        long untilNanos = nowNanos + Backoff.after(failures - 1).toNanos();
        return model.withFailures(failures).with(new Failed(reason, untilNanos, List.of(), Left.TO_RECORD));
    }

    private static Step sleep(AppModel model, List<Endpoint> endpoints) {
        return Step.to(model.with(new Draining(endpoints, Optional.empty())), new Sleep());
    }

    private static Step fail(AppModel model, Failed failed) {
        return Step.to(model.with(draining(failed)), new Fail(failed.reason()));
    }

    private static Draining draining(Failed failed) {
        return new Draining(List.of(), Optional.of(failed));
    }
}
