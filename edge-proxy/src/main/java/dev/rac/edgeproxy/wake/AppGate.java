package dev.rac.edgeproxy.wake;

import dev.rac.edgeproxy.wake.WakeState.Awake;
import dev.rac.edgeproxy.wake.WakeState.Failed;
import dev.rac.edgeproxy.wake.WakeState.Found;
import dev.rac.edgeproxy.wake.WakeState.Freezing;
import dev.rac.edgeproxy.wake.WakeState.Frozen;
import dev.rac.edgeproxy.wake.WakeState.Removed;
import dev.rac.targets.App;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every request for one app passes. While the app is awake that costs one atomic increment; else the request is
 * held in a queue until the {@link WakeMachine} has it passed or refused. Thread-safe.
 *
 * <p>Waiters and effects are called outside the gate's lock, but for the opening of upstreams, which connects nothing.
 */
public final class AppGate {
    private final Object lock = new Object();
    private final Effects effects;
    private final Traffic traffic;
    private final LongSupplier nanoClock;
    private final RestTimes rest;
    private final WaitLimits limits;
    private final Line line;
    private volatile AppModel model;
    private boolean closing;
    private final Upstreams upstreams;
    private volatile long lastActivityNanos;
    private volatile boolean updating;
    private volatile long frozenBytes;

    AppGate(
            App app,
            WaitLimits limits,
            AtomicInteger heldByAll,
            RestTimes rest,
            Effects effects,
            Traffic traffic,
            LongSupplier nanoClock) {
        this.model = AppModel.of(app);
        this.limits = limits;
        this.line = new Line(limits, heldByAll);
        this.rest = rest;
        this.effects = effects;
        this.upstreams = new Upstreams(effects);
        this.traffic = traffic;
        this.nanoClock = nanoClock;
        this.lastActivityNanos = nanoClock.getAsLong();
    }

    /**
     * Lets a request pass if the app is awake and has a place for it: the common case.
     *
     * @return where to send it; its end must be told by {@link #leave()}. Null if it is to {@link #request}.
     */
    public @Nullable Upstream tryEnter() {
        if (!line.tryEnter()) {
            return null;
        }
        Upstream upstream = upstreams.pick(line.inFlight());
        if (upstream == null) {
            leave();
        }
        return upstream;
    }

    /** Tells the end of a request that passed. */
    public void leave() {
        if (line.leave()) {
            lastActivityNanos = nanoClock.getAsLong();
        }
        if (line.hasWaiters()) {
            locked(this::admitNext);
        }
    }

    /** Asks to pass, and waits if need be. */
    public void request(Waiter waiter) {
        ask(waiter, new WakeEvent.Requested(nanoClock.getAsLong()));
    }

    /** Tells that a request that passed could not connect, and asks to pass once more. */
    public void retry(Endpoint unreachable, Waiter waiter) {
        // Its place is left last: who waits for it must not be sent to the same instance.
        ask(waiter, new WakeEvent.Unreachable(unreachable, nanoClock.getAsLong()));
        leave();
    }

    /** Takes back a request that waits. Does nothing if it does not. */
    public void abandon(Waiter waiter) {
        synchronized (lock) {
            line.remove(waiter);
        }
    }

    /** Whether a request now would have it started. */
    public boolean needsStart() {
        return switch (model.state()) {
            case WakeState.Asleep asleep -> true;
            case Failed failed -> failed.untilNanos() - nanoClock.getAsLong() <= 0;
            default -> false;
        };
    }

    /** Whether it answers requests. */
    public boolean isAwake() {
        return model.state() instanceof Awake;
    }

    /** What runs, or should. */
    public App app() {
        return model.app();
    }

    /** Where its answers are counted. */
    public Traffic traffic() {
        return traffic;
    }

    void observed(AppStatus status) {
        updating = status.updating();
        apply(() -> new WakeEvent.Observed(status, nanoClock.getAsLong()));
        if (model.state() instanceof Frozen && line.inFlight() > 0) {
            // Another front door, which did not know of these, froze it.
            apply(() -> new WakeEvent.Requested(nanoClock.getAsLong()));
        }
    }

    void vanished() {
        apply(WakeEvent.Vanished::new);
        traffic.remove();
    }

    /** Tells the addresses of a start; returns whether it is still this start that counts. */
    boolean located(long attempt, List<Endpoint> endpoints) {
        apply(() -> new WakeEvent.Located(attempt, endpoints));
        return isCurrent(attempt);
    }

    void answered(long attempt, List<Endpoint> endpoints) {
        apply(() -> new WakeEvent.Answered(attempt, endpoints, nanoClock.getAsLong()));
    }

    void wakeFailed(long attempt, String reason, boolean record) {
        apply(() -> new WakeEvent.WakeFailed(attempt, reason, record, nanoClock.getAsLong()));
    }

    void stopped(boolean done) {
        // Under the lock, so that no waiter comes or leaves between this look and the decision.
        apply(() -> new WakeEvent.Stopped(done, line.hasWaiters()));
    }

    void freezeEnded(boolean done) {
        apply(() -> new WakeEvent.FreezeEnded(done, line.hasWaiters()));
    }

    /** Tells how much memory the app holds while it is frozen, in bytes. */
    void holds(long bytes) {
        frozenBytes = bytes;
    }

    /** What the app holds of the host's memory, in bytes, if it is frozen. */
    OptionalLong frozenBytes() {
        return model.state() instanceof Frozen ? OptionalLong.of(frozenBytes) : OptionalLong.empty();
    }

    /** When the last request ended, or the app became what it is; as {@link System#nanoTime()}. */
    long lastActivityNanos() {
        return lastActivityNanos;
    }

    /** Whether the app is being started, and by this attempt. */
    boolean isCurrent(long attempt) {
        synchronized (lock) {
            return !closing && model.state() instanceof WakeState.Waking waking && waking.attempt() == attempt;
        }
    }

    /** Refuses who has waited too long, and has the app rest when its time has come. Called now and then. */
    void tick() {
        List<Waiter> expired;
        synchronized (lock) {
            expired = line.expired(nanoClock.getAsLong());
        }
        expired.forEach(waiter -> waiter.refuse(new Refusal.DeadlinePassed(limits.deadline())));
        if (line.inFlight() == 0 && due().isPresent()) {
            rest(this::due);
        }
    }

    /** Stops the app if it is frozen, before its time: its memory is wanted. */
    void evict() {
        rest(() -> Optional.<WakeEvent>of(new WakeEvent.Idle()).filter(idle -> model.state() instanceof Frozen));
    }

    /** Refuses every request from now on. */
    void close() {
        List<Waiter> waiting;
        synchronized (lock) {
            closing = true;
            line.close();
            waiting = line.drain();
        }
        waiting.forEach(waiter -> waiter.refuse(new Refusal.Closing()));
    }

    /** Whether something of it runs, as far as is known. */
    boolean mayRun() {
        return switch (model.state()) {
            case WakeState.Asleep asleep -> false;
            case Failed failed -> failed.mayRun();
            case Removed removed -> false;
            case Found found -> true;
            case Freezing freezing -> true;
            case Frozen frozen -> true;
            case WakeState.Waking waking -> true;
            case Awake awake -> true;
            case WakeState.Draining draining -> true;
        };
    }

    /** Why it runs no more, if that is to be recorded. */
    Optional<String> failureToRecord() {
        return switch (model.state()) {
            case Failed failed
            when failed.running().isEmpty() && failed.left() == Failed.Left.TO_RECORD -> Optional.of(failed.reason());
            case WakeState.Draining draining -> draining.failed().map(Failed::reason);
            default -> Optional.empty();
        };
    }

    int waiting() {
        synchronized (lock) {
            return line.waiting();
        }
    }

    int inFlight() {
        return line.inFlight();
    }

    WakeState state() {
        return model.state();
    }

    /** Does something under the lock, and what it leaves to be done outside. */
    private void locked(Consumer<List<Runnable>> work) {
        var after = new ArrayList<Runnable>();
        synchronized (lock) {
            work.accept(after);
        }
        after.forEach(Runnable::run);
    }

    private void ask(Waiter waiter, WakeEvent event) {
        locked(after -> {
            if (closing) {
                after.add(() -> waiter.refuse(new Refusal.Closing()));
                return;
            }
            Step step = WakeMachine.step(model, event);
            // A start that nobody may wait for is not begun.
            if (step.verdict() instanceof Verdict.Hold && !line.offer(waiter, nanoClock.getAsLong())) {
                after.add(() -> waiter.refuse(new Refusal.TooManyWaiting()));
            } else {
                take(step, after);
                answer(waiter, step.verdict(), after);
            }
        });
    }

    private void answer(Waiter waiter, Verdict verdict, List<Runnable> after) {
        switch (verdict) {
            case Verdict.Hold hold -> {}
            case Verdict.NoRequest none -> {}
            case Verdict.Pass pass -> enter(waiter, after);
            case Verdict.RefuseFailed failed ->
                after.add(() -> waiter.refuse(new Refusal.AppFailed(failed.reason(), failed.retryAfter())));
            case Verdict.RefuseRemoved removed -> after.add(() -> waiter.refuse(new Refusal.AppRemoved()));
        }
    }

    private void apply(Supplier<WakeEvent> event) {
        locked(after -> take(WakeMachine.step(model, event.get()), after));
    }

    private Optional<WakeEvent> due() {
        // An update hands over to what answers.
        return updating
                ? Optional.empty()
                : rest.due(model, Duration.ofNanos(nanoClock.getAsLong() - lastActivityNanos));
    }

    private void rest(Supplier<Optional<WakeEvent>> due) {
        locked(after -> {
            if (closing || due.get().isEmpty() || !line.closeIfIdle()) {
                return;
            }
            // Asked again, for one may have come and gone while this was being decided.
            due.get().ifPresentOrElse(event -> take(WakeMachine.step(model, event), after), this::restoreAdmission);
        });
    }

    /** Makes a step's outcome true; under the lock. What must happen outside it is added to {@code after}. */
    private void take(Step step, List<Runnable> after) {
        if (isAnother(step.model().state())) {
            lastActivityNanos = nanoClock.getAsLong();
        }
        model = step.model();
        upstreams
                .connect(model.state() instanceof Awake awake ? awake.endpoints() : List.of())
                .forEach(upstream -> after.add(upstream::close));
        restoreAdmission();
        for (WakeAction action : step.actions()) {
            switch (action) {
                case WakeAction.Wake wake -> after.add(() -> effects.wake(this, wake.attempt()));
                case WakeAction.Freeze freeze -> after.add(() -> effects.freeze(this));
                case WakeAction.Sleep sleep -> after.add(() -> effects.sleep(this));
                case WakeAction.Fail fail -> {
                    App failed = model.app();
                    after.add(() -> effects.fail(this, failed, fail.reason()));
                }
                case WakeAction.RefuseWaiting refuse -> refuseWaiting(refuse.reason(), after);
            }
        }
        if (model.state() instanceof Awake) {
            admitNext(after);
        } else if (model.state() instanceof Removed) {
            line.drain().forEach(waiter -> after.add(() -> waiter.refuse(new Refusal.AppRemoved())));
        } else if (line.hasWaiters() && rests()) {
            askForWaiters(after);
        }
    }

    /** Whether it neither runs nor is about to, as far as is known: who waits would wait for ever. */
    private boolean rests() {
        return switch (model.state()) {
            case WakeState.Asleep asleep -> true;
            case Found found -> true;
            case Frozen frozen -> true;
            case Failed failed -> true;
            default -> false;
        };
    }

    /** Who waited for a place in an app that has stopped since asks once more. */
    private void askForWaiters(List<Runnable> after) {
        Step step = WakeMachine.step(model, new WakeEvent.Requested(nanoClock.getAsLong()));
        if (step.verdict() instanceof Verdict.RefuseFailed failed) {
            refuseWaiting(failed.reason(), after);
        }
        take(step, after);
    }

    private void refuseWaiting(String reason, List<Runnable> after) {
        Duration retryAfter = Backoff.after(model.failures());
        line.drain().forEach(waiter -> after.add(() -> waiter.refuse(new Refusal.AppFailed(reason, retryAfter))));
    }

    /** Lets a request pass now or, where the app has no place for it, in its turn. */
    private void enter(Waiter waiter, List<Runnable> after) {
        if (line.tryEnter()) {
            admit(waiter, after);
        } else if (line.offer(waiter, nanoClock.getAsLong())) {
            // A place that was left just before that is nobody else's.
            admitNext(after);
        } else {
            after.add(() -> waiter.refuse(new Refusal.TooManyWaiting()));
        }
    }

    /** Lets pass whoever waits and has a place, in their order. */
    private void admitNext(List<Runnable> after) {
        for (Waiter next = line.next(); next != null; next = line.next()) {
            admit(next, after);
        }
    }

    private void admit(Waiter waiter, List<Runnable> after) {
        // Who is admitted finds the app awake, which has at least one.
        Upstream upstream = Objects.requireNonNull(upstreams.pick(line.inFlight()));
        after.add(() -> waiter.admit(upstream));
    }

    private void restoreAdmission() {
        if (model.state() instanceof Awake awake && !closing) {
            line.open(places(awake));
        } else {
            line.close();
        }
    }

    /** How many requests may be in flight to what is awake, as the app says of each of its instances. */
    private int places(Awake awake) {
        return model.app()
                .scaling()
                .concurrency()
                .map(each -> each * awake.endpoints().size())
                .orElse(Integer.MAX_VALUE);
    }

    /** Frozen, its time goes on from the last request. */
    private boolean isAnother(WakeState next) {
        WakeState now = model.state();
        boolean freezes = next instanceof Freezing || (now instanceof Freezing && next instanceof Frozen);
        return next.getClass() != now.getClass() && !freezes;
    }
}
