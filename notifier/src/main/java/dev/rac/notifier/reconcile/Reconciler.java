package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.Backoff;
import dev.rac.notifier.deploy.Deployments;
import dev.rac.notifier.deploy.History;
import dev.rac.notifier.deploy.Removals;
import dev.rac.notifier.deploy.Threads;
import dev.rac.notifier.image.NotifierException;
import dev.rac.notifier.image.RegistryClient;
import dev.rac.notifier.image.RegistryListing;
import dev.rac.targets.App;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares, at start and from time to time, what the registry has with what is recorded and what the target runs, and
 * mends the difference: an event is only a hint, and may be lost. In between it looks at the target more often, which
 * costs one question, and compares what that has lost. Thread-safe.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    // One after another, and a tag that has not changed is one small file to the registry: only a very fast one, which
    // pushes and pulls leave idle, gets as many.
    private static final int REQUESTS_PER_SECOND = 500;
    private static final String REGISTRY = "registry";
    private static final String TARGET = "target";
    // The registry tells of a push within a second or two, unless the notifier did not answer just before.
    private static final Duration GRACE = Duration.ofSeconds(5);
    // So many looks at the target alone come between two rounds over the registry.
    private static final int LOOKS = 10;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Lookout lookout;
    private final History history;
    private final Target target;
    private final Mender mender;
    private final Optional<Previews> previews;
    private final AtomicReference<Target.@Nullable Watch> watch = new AtomicReference<>();
    private final Pace pace = new Pace(REQUESTS_PER_SECOND);
    private final Orphans orphans = new Orphans();
    private final Settled settled = new Settled();
    private final MeterRegistry metrics;
    private final Clock clock;
    private @Nullable Thread thread;

    /**
     * Wires the parts; nothing happens before {@link #start}.
     *
     * @param images reads what tags name
     * @param previewLifetime how long a preview stays that nobody uses; empty: for ever
     */
    public Reconciler(
            RegistryListing listing,
            RegistryClient images,
            History history,
            Deployments deployments,
            Removals removals,
            Target target,
            PreviewUse previewUse,
            Optional<Duration> previewLifetime,
            MeterRegistry metrics,
            Clock clock) {
        this.previews = previewLifetime.map(lifetime -> new Previews(previewUse, deployments, lifetime, clock));
        this.history = history;
        this.target = target;
        this.metrics = metrics;
        this.clock = clock;
        lookout = new Lookout(listing, images, pace, clock);
        mender = new Mender(deployments, removals, pace, metrics);
    }

    /**
     * Begins, in a thread of its own.
     *
     * @param every from the end of a round to the next one; after one that failed, the next one comes earlier
     */
    public synchronized void start(Duration every) {
        previews.ifPresent(watcher -> watch.set(target.watch(watcher)));
        thread = Thread.ofVirtual().name("reconcile").start(() -> run(every));
    }

    @Override
    public synchronized void close() {
        pace.end();
        Target.Watch open = watch.getAndSet(null);
        if (open != null) {
            open.close();
        }
        if (thread != null) {
            // Not interrupted: H2 closes its file under a thread that is.
            Threads.join(Set.of(thread), CLOSE_TIMEOUT);
        }
    }

    private void run(Duration every) {
        Duration grace = GRACE.compareTo(every) < 0 ? GRACE : every;
        var backoff = new Backoff(grace, every);
        int failures = 0;
        try {
            // At start, the registry still tells what it could not tell before, if it is there yet.
            pace.pause(grace);
            while (true) {
                OptionalInt mended = round(grace);
                failures = mended.isPresent() ? 0 : failures + 1;
                if (mended.orElse(0) >= Round.MAX_MENDED) {
                    pace.pause(grace);
                } else if (failures > 0) {
                    pace.pause(backoff.after(failures));
                } else {
                    watchUntilNext(every, grace);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the reconciler ends");
        }
    }

    /** Between two rounds: what the target has lost is found by a look at the target alone. */
    private void watchUntilNext(Duration every, Duration grace) throws InterruptedException {
        Duration pause = every.dividedBy(LOOKS + 1);
        for (int i = 0; i < LOOKS; i++) {
            pace.pause(pause);
            OptionalInt found = attempt(TARGET, () -> {
                List<App> now = Round.apps(target);
                List<String> suspects = settled.suspects(now);
                int mended = suspects.isEmpty()
                        ? 0
                        : new Round(lookout, history, target, mender, new Orphans(), pace, grace).run(now, suspects);
                settled.take(now);
                return mended;
            });
            if (found.orElse(0) >= Round.MAX_MENDED) {
                // There may be more, which the next round finds.
                return;
            }
        }
        pace.pause(pause);
    }

    /** Goes round once; gives how much was mended, or nothing if it failed. */
    private OptionalInt round(Duration grace) throws InterruptedException {
        return attempt(REGISTRY, () -> {
            var round = new Round(lookout, history, target, mender, orphans, pace, grace);
            int mended = round.run();
            settled.take(round.seen());
            previews.ifPresent(unused ->
                    metrics.counter("rac.reconcile.mended", "what", "unused").increment(unused.expire(target.apps())));
            return mended;
        });
    }

    private interface Comparing {
        int run() throws InterruptedException;
    }

    private OptionalInt attempt(String what, Comparing comparing) throws InterruptedException {
        Instant begun = clock.instant();
        OptionalInt mended = OptionalInt.empty();
        try {
            mended = OptionalInt.of(comparing.run());
            if (mended.getAsInt() > 0) {
                LOG.info("reconciled: {} mended", mended.getAsInt());
            }
        } catch (NotifierException | TargetException e) {
            LOG.warn("reconciling ends early: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("reconciling ends early", e);
        }
        metrics.timer("rac.reconcile", "outcome", mended.isPresent() ? "done" : "failed", "what", what)
                .record(Duration.between(begun, clock.instant()));
        return mended;
    }
}
