package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys pushes: those of one repository one after another, several repositories at once. What cannot be deployed
 * now is tried again with growing pauses. Thread-safe.
 */
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    // Deploying is mostly waiting for pulls; more at once would only make each of them slower.
    private static final int MAX_AT_ONCE = 8;
    // While what is needed does not answer, one attempt after another begins: no more of them in a second than leave
    // the processors to the registry's events.
    private static final Duration UNAVAILABLE = Duration.ofMillis(20);
    // Further attempts, that is: a push that comes now may be of a repository that lacks nothing.
    private static final int MAX_DOUBTFUL_AT_ONCE = 4;
    // With the pauses' doubling this is some minutes: longer than an engine's or a storage's hiccup.
    private static final int MAX_REFUSALS = 12;
    // Front doors hear of an app from the target's watch, a moment after it was deployed.
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Deployer deployer;
    private final Recorder recorder;
    private final ImageGarbage garbage;
    private final Backoff backoff;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<AppName, Instant> arrivals = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Semaphore turns = new Semaphore(MAX_AT_ONCE, true);
    private final Semaphore doubtful = new Semaphore(MAX_DOUBTFUL_AT_ONCE, true);
    private final Semaphore firstPace = new Semaphore(1, true);
    private final Semaphore furtherPace = new Semaphore(1, true);
    private volatile boolean isUnavailable;
    private volatile boolean closed;

    Workers(
            Deployer deployer,
            Recorder recorder,
            ImageGarbage garbage,
            Backoff backoff,
            MeterRegistry metrics,
            Clock clock) {
        this.deployer = deployer;
        this.recorder = recorder;
        this.garbage = garbage;
        this.backoff = backoff;
        this.metrics = metrics;
        this.clock = clock;
        metrics.gaugeMapSize("rac.notifier.repositories.working", List.of(), lanes);
    }

    /** Takes a push that the inbox holds; returns at once. */
    void add(Push push) {
        List<Push> superseded = new ArrayList<>();
        lanes.compute(push.repository(), (repository, lane) -> {
            Lane open = lane == null ? open(repository) : lane;
            open.add(Job.of(push)).ifPresent(superseded::add);
            return open;
        });
        superseded.forEach(this::superseded);
    }

    /** Whether a push is under way that may become the app of this name, or became it a moment ago. */
    boolean isArriving(AppName name) {
        return lanes.values().stream().anyMatch(lane -> lane.isArriving(name)) || hasJustArrived(name);
    }

    private boolean hasJustArrived(AppName name) {
        return Optional.ofNullable(arrivals.get(name))
                .filter(at -> at.plus(SETTLING).isAfter(clock.instant()))
                .isPresent();
    }

    private void arrived(AppName name, Instant now) {
        arrivals.values().removeIf(at -> at.plus(SETTLING).isBefore(now));
        arrivals.put(name, now);
    }

    /** Ends what waits or is worked on for these pushes of a repository, if it was pushed up to now. */
    void cancel(String repository, Predicate<Push> which) {
        Lane lane = lanes.get(repository);
        if (lane != null) {
            Instant now = clock.instant();
            lane.cancel(which, now)
                    .forEach(push -> finish(Outcome.ignored(push, "the app was removed meanwhile", now)));
        }
    }

    /** Ends all work; what was not finished is still fresh in the inbox. */
    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::close);
        // Not interrupted: H2 closes its file under a thread that is.
        Threads.join(threads, CLOSE_TIMEOUT);
    }

    private Lane open(String repository) {
        var lane = new Lane();
        Thread thread = Thread.ofVirtual().name("deploy " + repository).unstarted(() -> work(repository, lane));
        threads.add(thread);
        thread.start();
        return lane;
    }

    private void work(String repository, Lane lane) {
        try {
            boolean open = true;
            while (open && !closed) {
                Optional<Job> job = lane.next();
                if (job.isPresent()) {
                    work(lane, job.get());
                } else {
                    open = lanes.computeIfPresent(repository, (key, same) -> same.isEmpty() ? null : same) != null;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the work for {} ends", repository);
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private void work(Lane lane, Job job) throws InterruptedException {
        if (isUnavailable && job.attempts() > 0) {
            doubtful.acquire();
            try {
                pace(furtherPace);
                workInTurn(lane, job);
            } finally {
                doubtful.release();
            }
        } else {
            pace(firstPace);
            workInTurn(lane, job);
        }
    }

    private void pace(Semaphore pace) throws InterruptedException {
        if (!isUnavailable) {
            return;
        }
        pace.acquire();
        try {
            if (isUnavailable && !closed) {
                Thread.sleep(UNAVAILABLE);
            }
        } finally {
            pace.release();
        }
    }

    private void workInTurn(Lane lane, Job job) throws InterruptedException {
        turns.acquire();
        try {
            if (closed) {
                // It is still fresh in the inbox.
                return;
            }
            if (job.attempts() == 0) {
                recorder.progress(Outcome.deploying(job.push(), clock.instant()));
            }
            Attempt attempt = deployer.attempt(job.push(), lane::isCancelled);
            isUnavailable = attempt instanceof Attempt.Unavailable;
            if (!closed || attempt instanceof Attempt.Deployed) {
                conclude(lane, job, attempt);
            }
        } catch (RuntimeException e) {
            // The database: the push is still fresh there, and deploying it twice does no harm.
            LOG.error("{}: the outcome could not be recorded", job.push(), e);
            again(lane, job, job.refusals(), job.trouble());
        } finally {
            turns.release();
        }
    }

    private void conclude(Lane lane, Job job, Attempt attempt) {
        Push push = job.push();
        Instant now = clock.instant();
        switch (attempt) {
            case Attempt.Deployed(AppName app, String digest) -> {
                arrived(app, now);
                finish(Outcome.deployed(push, app, digest, now));
                garbage.collect(push.repository());
            }
            case Attempt.Ignored(String reason) -> finish(Outcome.ignored(push, reason, now));
            case Attempt.Failed(String reason) -> finish(Outcome.failed(push, reason, now));
            case Attempt.Unhealthy(AppName app, String digest, Failure failure) -> {
                finish(Outcome.unhealthy(push, app, digest, failure, now));
                garbage.collect(push.repository());
            }
            case Attempt.Unavailable(String reason) -> later(lane, job, job.refusals(), reason);
            case Attempt.Refused(String reason) -> {
                if (job.refusals() + 1 >= MAX_REFUSALS) {
                    finish(Outcome.failed(push, reason, now));
                } else {
                    later(lane, job, job.refusals() + 1, reason);
                }
            }
        }
    }

    private void later(Lane lane, Job job, int refusals, String reason) {
        if (lane.isCancelled()) {
            finish(Outcome.ignored(job.push(), "the app was removed meanwhile", clock.instant()));
            return;
        }
        Duration pause = backoff.after(job.attempts() + 1);
        LOG.warn("{}: {}; tried again in {} ms", job.push(), reason, pause.toMillis());
        Optional<String> trouble = Optional.of(reason);
        if (!trouble.equals(job.trouble())) {
            // Once: under an outage of hours, a thousand of these would be written a minute.
            recorder.progress(Outcome.retrying(job.push(), reason, clock.instant()));
        }
        again(lane, job, refusals, trouble);
    }

    private void again(Lane lane, Job job, int refusals, Optional<String> trouble) {
        lane.add(job.again(refusals, trouble, backoff.after(job.attempts() + 1)))
                .ifPresent(this::superseded);
    }

    private void superseded(Push push) {
        finish(Outcome.ignored(
                push, "a newer push of the same tag, or a rollback, came before its turn", clock.instant()));
    }

    private void finish(Outcome outcome) {
        recorder.end(outcome);
        String state = outcome.state().name().toLowerCase(Locale.ROOT);
        LOG.info("{}: {} {}", outcome.push(), state, outcome.reason().orElse(""));
        metrics.counter("rac.notifier.deploys", "outcome", state).increment();
        if (outcome.state() == Outcome.State.DEPLOYED) {
            Duration took = Duration.between(outcome.push().pushedAt(), outcome.at());
            metrics.timer("rac.notifier.deploy").record(took.isNegative() ? Duration.ZERO : took);
        }
    }
}
