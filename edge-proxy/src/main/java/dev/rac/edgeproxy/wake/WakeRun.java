package dev.rac.edgeproxy.wake;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import dev.rac.targets.probe.Patience;
import dev.rac.targets.probe.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One start of one app, from the target's address to the first answer. Blocks; runs on a virtual thread. */
final class WakeRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeRun.class);

    /** How often the target is asked while an app does not answer: its watch may have told the end too early. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How long others may keep a start from its turn: what hangs must not hold up all the rest. */
    private static final Duration TURN = Duration.ofSeconds(3);

    private static final String PLATFORM = "the platform could not start it";

    private final AppGate gate;
    private final long attempt;
    private final Target target;
    private final Semaphore turns;
    private final Duration addressTimeout;
    private final String host;
    private final WakeMetrics metrics;
    private final App app;
    private final long startNanos = System.nanoTime();

    WakeRun(
            AppGate gate,
            long attempt,
            Target target,
            Semaphore turns,
            Duration addressTimeout,
            String host,
            WakeMetrics metrics) {
        this.gate = gate;
        this.attempt = attempt;
        this.target = target;
        this.turns = turns;
        this.addressTimeout = addressTimeout;
        this.host = host;
        this.metrics = metrics;
        this.app = gate.app();
    }

    @Override
    public void run() {
        try {
            List<Endpoint> endpoints = start();
            if (gate.located(attempt, endpoints)) {
                probe(endpoints);
            }
        } catch (AppFailedException e) {
            failed(e.failure().reason(), true);
        } catch (UnknownAppException e) {
            failed("there is no such app any more", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed("the front door is about to end", false);
        } catch (TargetException e) {
            LOG.warn("{} was not started: {}", app.name(), e.getMessage());
            failed(PLATFORM, false);
        } catch (RuntimeException e) {
            LOG.error("{} was not started", app.name(), e);
            failed(PLATFORM, false);
        }
    }

    private List<Endpoint> start() throws InterruptedException {
        boolean hasTurn = turns.tryAcquire(TURN.toNanos(), TimeUnit.NANOSECONDS);
        try {
            if (!gate.isCurrent(attempt)) {
                return List.of();
            }
            Duration waited = since(startNanos);
            List<Endpoint> endpoints = target.wake(app.name(), addressTimeout);
            metrics.addressKnown(waited, since(startNanos).minus(waited));
            return endpoints;
        } finally {
            if (hasTurn) {
                turns.release();
            }
        }
    }

    private void probe(List<Endpoint> endpoints) throws InterruptedException {
        var probe = Probe.of(app, host);
        long probingNanos = System.nanoTime();
        long lookNanos = probingNanos;
        for (int tries = 0; gate.isCurrent(attempt); tries++) {
            for (Endpoint endpoint : endpoints) {
                if (probe.answers(endpoint, Patience.connectTimeout(tries), Patience.answerTimeout(tries))) {
                    metrics.answered(since(probingNanos), since(startNanos));
                    LOG.info(
                            "{} answers after {} ms",
                            app.name(),
                            since(startNanos).toMillis());
                    gate.answered(attempt, List.of(endpoint));
                    return;
                }
            }
            if (since(probingNanos).compareTo(app.health().timeout()) >= 0) {
                failed(Probe.unanswered(app), true);
                return;
            }
            if (since(lookNanos).compareTo(LOOK) >= 0) {
                lookNanos = System.nanoTime();
                Optional<String> end = ended(endpoints);
                if (end.isPresent()) {
                    failed(end.get(), true);
                    return;
                }
            }
            Thread.sleep(Patience.pause(tries));
        }
    }

    /** Why none of the endpoints can answer any more, if so. */
    private Optional<String> ended(List<Endpoint> endpoints) {
        AppStatus status = target.find(app.name()).orElseThrow(() -> new UnknownAppException(app.name()));
        if (status.state() == AppState.AWAKE && endpoints.stream().anyMatch(status.endpoints()::contains)) {
            return Optional.empty();
        }
        return Optional.of(status.failure().map(Failure::reason).orElse("it ended before it answered"));
    }

    private void failed(String reason, boolean record) {
        if (gate.isCurrent(attempt)) {
            metrics.wakeFailed();
            LOG.info("{} did not start: {}", app.name(), reason);
        }
        gate.wakeFailed(attempt, reason, record);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
