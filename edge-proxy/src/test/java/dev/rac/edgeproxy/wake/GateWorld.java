package dev.rac.edgeproxy.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.edgeproxy.TestApps;
import dev.rac.targets.App;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One app's gate, its requests and its target, in one thread and with a clock of their own: what happens next is drawn
 * by lot. The rules are checked at every step; who breaks one is found again by its seed.
 */
final class GateWorld implements Effects {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final WaitLimits LIMITS = new WaitLimits(5, 8, Duration.ofSeconds(20));

    /** One request: it waits, is in flight, or has ended. */
    private final class Request implements Waiter {
        private int number = ++requests;
        private @Nullable Upstream upstream;
        private boolean ended;
        private boolean gone;
        private boolean retried;

        @Override
        public void admit(Upstream passed) {
            check(!ended && !gone && upstream == null, "a request is answered once");
            check(!stopping, "no request passes while the app is stopped");
            boolean first = waiting.stream().noneMatch(other -> other.number < number);
            check(waiting.isEmpty() || first, "who waits longest passes first");
            waiting.remove(this);
            upstream = passed;
            inFlight.add(this);
            check(inFlight.size() <= places, "no more pass than there are places");
        }

        @Override
        public void refuse(Refusal refusal) {
            check(!ended && !gone && upstream == null, "a request is answered once");
            if (!failures) {
                check(refusal instanceof Refusal.TooManyWaiting, "nothing fails here, but " + refusal);
            }
            waiting.remove(this);
            ended = true;
        }
    }

    private record Connections(Endpoint endpoint) implements Upstream {
        @Override
        public void close() {}
    }

    private final long seed;
    private final Random random;
    private final boolean failures;
    private boolean failing;
    private final AtomicInteger heldByAll = new AtomicInteger();
    private final List<Request> waiting = new ArrayList<>();
    private final List<Request> inFlight = new ArrayList<>();
    private final Deque<AppStatus> untold = new ArrayDeque<>();
    private final AppGate gate;
    private final int places;
    private App app = TestApps.app("hello");
    private int requests;
    private long nowNanos = 5_000_000_000L;
    private int deployments;
    private int instances;
    private @Nullable Endpoint running;
    private Optional<Failure> failure = Optional.empty();
    private long starting;
    private long probing;
    private @Nullable Endpoint probed;
    private boolean stopping;
    private boolean freezing;
    private boolean frozen;
    private boolean recording;

    GateWorld(long seed, boolean failures) {
        this.seed = seed;
        this.random = new Random(seed);
        this.failures = failures;
        this.failing = failures;
        this.places = seed % 3 == 0 ? 1 + (int) (seed % 5) : Integer.MAX_VALUE;
        if (places < Integer.MAX_VALUE) {
            app = TestApps.withConcurrency(app, places);
        }
        this.gate = new AppGate(
                app,
                LIMITS,
                heldByAll,
                new RestTimes(Optional.of(QUIET), IDLE),
                this,
                new Traffic(new SimpleMeterRegistry(), "hello"),
                () -> nowNanos);
        tell();
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step(random.nextInt(24));
            check(heldByAll.get() == waiting.size(), "who waits is counted");
            check(gate.inFlight() == inFlight.size(), "who is in flight is counted");
        }
        settle();
    }

    private void step(int lot) {
        switch (lot) {
            case 0, 1, 2, 3 -> request();
            case 4, 5 -> endOne();
            case 6 -> abandonOne();
            case 7 -> pass(Duration.ofMillis(random.nextInt(3000)));
            case 8 -> pass(IDLE.plusMillis(failures ? random.nextInt(60_000) : 1));
            case 9, 10, 11 -> targetAnswersWake();
            case 12, 13 -> probeAnswers();
            case 14, 19 -> targetStopped();
            case 15, 16 -> tellOne();
            case 17 -> disturb();
            case 18 -> retryOne();
            case 20, 21 -> targetFroze();
            case 22 -> pass(QUIET.plusMillis(1));
            case 23 -> gate.evict();
            default -> throw new IllegalArgumentException("" + lot);
        }
    }

    private void request() {
        var request = new Request();
        Upstream upstream = gate.tryEnter();
        if (upstream == null) {
            waiting.add(request);
            gate.request(request);
        } else {
            request.admit(upstream);
        }
    }

    private void endOne() {
        if (!inFlight.isEmpty()) {
            Request request = inFlight.remove(random.nextInt(inFlight.size()));
            request.ended = true;
            gate.leave();
        }
    }

    private void abandonOne() {
        if (!waiting.isEmpty()) {
            Request request = waiting.remove(random.nextInt(waiting.size()));
            request.gone = true;
            gate.abandon(request);
        }
    }

    /** A request in flight finds that its instance is not there. */
    private void retryOne() {
        for (Request request : List.copyOf(inFlight)) {
            Upstream upstream = request.upstream;
            if (upstream != null && !upstream.endpoint().equals(running) && !request.retried) {
                inFlight.remove(request);
                waiting.add(request);
                request.upstream = null;
                request.retried = true;
                request.number = ++requests;
                gate.retry(upstream.endpoint(), request);
                return;
            }
        }
    }

    private void pass(Duration time) {
        // In a world without failures, time does not pass while somebody waits: the deadline would be one.
        if (failures || waiting.isEmpty()) {
            nowNanos += time.toNanos();
            gate.tick();
        }
    }

    private void targetAnswersWake() {
        if (starting == 0) {
            return;
        }
        long attempt = starting;
        starting = 0;
        if (failing && random.nextInt(5) == 0) {
            gate.wakeFailed(attempt, "the platform did not", random.nextBoolean());
            return;
        }
        if (running == null) {
            running = new Endpoint("instance-" + ++instances, "10.0.0.1", 8080);
            failure = Optional.empty();
            tell();
        } else if (frozen) {
            frozen = false;
            tell();
        }
        Endpoint address = running;
        if (gate.located(attempt, List.of(address))) {
            probing = attempt;
            probed = address;
        }
    }

    private void probeAnswers() {
        if (probing == 0 || probed == null || !gate.isCurrent(probing)) {
            return;
        }
        long attempt = probing;
        if (probed.equals(running) && !frozen && !(failing && random.nextInt(10) == 0)) {
            probing = 0;
            gate.answered(attempt, List.of(probed));
        } else if (failures) {
            probing = 0;
            gate.wakeFailed(attempt, "it did not listen", true);
        }
    }

    private void targetStopped() {
        if (!stopping) {
            return;
        }
        boolean done = !(failing && random.nextInt(5) == 0);
        if (done) {
            end(recording ? Optional.of(failure("recorded")) : Optional.empty());
        }
        stopping = false;
        recording = false;
        gate.stopped(done);
    }

    private void targetFroze() {
        if (!freezing) {
            return;
        }
        freezing = false;
        boolean done = running != null && !(failing && random.nextInt(5) == 0);
        if (done) {
            frozen = true;
            tell();
        }
        gate.freezeEnded(done);
    }

    private void disturb() {
        if (!failures) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> end(Optional.of(failure("crashed")));
            case 1 -> end(Optional.empty());
            case 2 -> {
                app = TestApps.withDigest(app, "sha256:" + ++deployments);
                end(Optional.empty());
            }
            default -> {
                // Another front door wakes it.
                if (running != null && frozen && !stopping) {
                    frozen = false;
                    tell();
                } else if (running == null && !stopping) {
                    running = new Endpoint("instance-" + ++instances, "10.0.0.2", 8080);
                    failure = Optional.empty();
                    tell();
                }
            }
        }
    }

    private void end(Optional<Failure> why) {
        running = null;
        frozen = false;
        failure = why;
        tell();
    }

    private Failure failure(String reason) {
        return new Failure(reason, Optional.of(1), Instant.ofEpochSecond(0, nowNanos), List.of());
    }

    private void tell() {
        untold.add(new AppStatus(app, state(), running == null || frozen ? List.of() : List.of(running), failure));
    }

    private AppState state() {
        if (running != null) {
            return frozen ? AppState.FROZEN : AppState.AWAKE;
        }
        return failure.isPresent() ? AppState.FAILED : AppState.ASLEEP;
    }

    private void tellOne() {
        AppStatus status = untold.poll();
        if (status != null) {
            gate.observed(status);
        }
    }

    /** Lets all that is under way come to its end, and sees that nobody waits and that a request is served again. */
    private void settle() {
        failing = false;
        while (!inFlight.isEmpty()) {
            endOne();
        }
        for (int i = 0; i < 200; i++) {
            tellOne();
            targetStopped();
            targetFroze();
            targetAnswersWake();
            probeAnswers();
            endOne();
        }
        check(waiting.isEmpty(), "nobody is left waiting when all is well");
        nowNanos += LIMITS.deadline().toNanos();
        gate.tick();
        while (!inFlight.isEmpty()) {
            endOne();
        }
        check(waiting.isEmpty(), "nobody waits for ever");
        // Whatever happened: once the longest backoff is over and all is well, a request is served.
        nowNanos += Duration.ofMinutes(2).toNanos();
        var last = new Request();
        for (int i = 0;
                i < 500 && (last.upstream == null || !last.upstream.endpoint().equals(running));
                i++) {
            // Where the end of an instance was told too early to be believed, its first request finds it out.
            retryOne();
            if (i % 100 == 0 && !waiting.contains(last)) {
                last = new Request();
                nowNanos += Duration.ofMinutes(2).toNanos();
                waiting.add(last);
                gate.request(last);
            }
            tellOne();
            targetStopped();
            targetFroze();
            targetAnswersWake();
            probeAnswers();
        }
        check(last.upstream != null, "the app can be woken again; it is " + gate.state());
        check(last.upstream != null && last.upstream.endpoint().equals(running), "the request meets what runs");
    }

    @Override
    public void wake(AppGate from, long attempt) {
        check(starting == 0, "one start at a time");
        check(!stopping, "no start during a stop");
        check(!freezing, "no start during a freeze");
        starting = attempt;
        probing = 0;
    }

    @Override
    public void freeze(AppGate from) {
        check(inFlight.isEmpty(), "nothing is frozen with a request in flight");
        check(starting == 0, "no freeze during a start");
        check(!stopping, "no freeze during a stop");
        check(!freezing, "one freeze at a time");
        freezing = true;
    }

    @Override
    public void sleep(AppGate from) {
        check(!freezing, "no stop during a freeze");
        check(inFlight.isEmpty(), "nothing is stopped with a request in flight");
        check(starting == 0, "no stop during a start");
        check(!stopping, "one stop at a time");
        stopping = true;
    }

    @Override
    public void fail(AppGate from, App app, String reason) {
        check(starting == 0, "no stop during a start");
        check(!stopping, "one stop at a time");
        stopping = true;
        recording = true;
    }

    @Override
    public Upstream open(Endpoint endpoint) {
        return new Connections(endpoint);
    }

    private void check(boolean holds, String rule) {
        assertThat(holds).as("%s (seed %d)", rule, seed).isTrue();
    }
}
