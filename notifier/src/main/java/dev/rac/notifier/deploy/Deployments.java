package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Inbox;
import dev.rac.notifier.event.Push;
import dev.rac.notifier.image.RegistryAuthClient;
import dev.rac.notifier.image.RegistryClient;
import dev.rac.notifier.image.ResourceLimits;
import dev.rac.notifier.variable.ClaimCheck;
import dev.rac.notifier.variable.Environments;
import dev.rac.targets.App;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The door of deploying: takes pushes, resumes what was left, removes apps. Thread-safe. */
public final class Deployments implements AutoCloseable {
    // The registry keeps an event only while it runs, and sends it again at once: a day would do.
    private static final Duration KEEP_EVENTS = Duration.ofDays(7);
    private static final Duration KEEP_OUTCOMES = Duration.ofDays(90);

    private final Inbox inbox;
    private final Outcomes outcomes;
    private final Reservations reservations;
    private final Removals removals;
    private final Target target;
    private final AppLocks locks = new AppLocks();
    private final Workers workers;
    private final Renewal renewal;
    private final ImageGarbage garbage;
    private final Clock clock;

    /**
     * Wires the parts.
     *
     * @param jdbi the database of inbox and outcomes
     * @param registryHost where engines pull from
     * @param limits what one instance of an app may use
     * @param backoff the pauses between attempts
     */
    public Deployments(
            Jdbi jdbi,
            Inbox inbox,
            Outcomes outcomes,
            Reservations reservations,
            Removals removals,
            RegistryClient registry,
            RegistryAuthClient registryAuth,
            Environments environments,
            ClaimCheck claims,
            Target target,
            String registryHost,
            ResourceLimits limits,
            Backoff backoff,
            MeterRegistry metrics,
            Clock clock) {
        this.inbox = inbox;
        this.outcomes = outcomes;
        this.reservations = reservations;
        this.removals = removals;
        this.target = target;
        this.clock = clock;
        var credentials = new PullCredentials(registryAuth, registryHost);
        var delivery = new Delivery(target, credentials, environments, claims);
        var deployer = new Deployer(registry, delivery, target, locks, reservations, outcomes, registryHost, limits);
        garbage = new ImageGarbage(target, outcomes, registryHost);
        workers = new Workers(deployer, new Recorder(jdbi, inbox, outcomes), garbage, backoff, metrics, clock);
        renewal = new Renewal(target, delivery, locks, registryHost, backoff, this::forgetOld);
    }

    /** Takes up again what the inbox still holds, and begins to renew credentials. */
    public void start() {
        inbox.fresh().forEach(workers::add);
        renewal.start();
    }

    /** Takes a push that was just stored in the inbox; returns at once. */
    public void submit(Push push) {
        workers.add(push);
    }

    /** Whether a push is under way that may become the app of this name, or became it a moment ago. */
    public boolean isArriving(AppName name) {
        return workers.isArriving(name);
    }

    /**
     * Begins the removal of a repository's apps, or of those of one tag: they stay removed until something else is
     * pushed, and what was pushed before now and is under way ends.
     */
    public void cancel(String repository, Optional<String> tag) {
        removals.add(repository, tag, clock.instant());
        workers.cancel(repository, push -> tag.isEmpty() || push.tag().equals(tag.get()));
    }

    /**
     * Takes a push that nobody told of.
     *
     * @param known what was recorded of its repository when it was found to be missing
     * @return false if the same was taken before
     */
    public boolean submitFound(Push push, Known known) {
        if (!inbox.store(push, clock.instant())) {
            return false;
        }
        workers.add(push);
        // A removal is recorded before it cancels: it either found this push among the others, or is found here.
        if (!removals.of(push.repository()).equals(known.removals())) {
            workers.cancel(push.repository(), push::equals);
        }
        return true;
    }

    /** Whether a push that was taken still has to be deployed. */
    public boolean isUnderWay(Push push) {
        return inbox.fresh(push.repository()).contains(push);
    }

    /**
     * Removes a preview whose tag was deleted, as if it had never been; its volumes stay.
     *
     * @return false if it is another revision by now
     */
    public boolean removeOrphan(App app) {
        try (var _ = locks.take(app.name())) {
            if (target.find(app.name()).map(AppStatus::app).filter(app::equals).isEmpty()) {
                return false;
            }
            remove(app, false);
            removals.addDeleted(app.repository(), app.tag(), clock.instant());
            outcomes.forget(app.repository(), Optional.of(app.tag()));
            return true;
        }
    }

    /**
     * Removes a preview that nobody uses, until something else is pushed to its tag; its volumes stay.
     *
     * @return false if it is another revision by now, or runs
     */
    public boolean removeUnused(App app) {
        try (var _ = locks.take(app.name())) {
            if (target.find(app.name())
                    .filter(status -> status.app().equals(app) && !status.runs())
                    .isEmpty()) {
                return false;
            }
            removals.add(app.repository(), Optional.of(app.tag()), clock.instant());
            remove(app, false);
            return true;
        }
    }

    /** Records that an app runs what was pushed, though it was not deployed from here. */
    public void adopt(Push push, App app) {
        outcomes.record(Outcome.deployed(push, app.name(), app.digest(), clock.instant()));
    }

    /** Removes an app, and its volumes where asked; kept ones keep the app's name for its repository. */
    public void remove(App app, boolean volumes) {
        try (var _ = locks.take(app.name())) {
            if (!volumes) {
                // Whether or not this revision has any, an earlier one's may be there, and are nobody else's.
                reservations.add(app.name(), app.repository());
            }
            outcomes.removed(app.name(), app.repository());
            target.remove(app.name());
            if (volumes) {
                removeVolumes(app.name());
            }
            garbage.collect(app.repository());
        }
    }

    /** Whether a repository's removed apps left volumes. */
    public boolean hasLeftVolumes(String repository) {
        return !reservations.of(repository).isEmpty();
    }

    /** Removes the volumes that a repository's removed apps left. */
    public void removeLeftVolumes(String repository) {
        for (AppName name : reservations.of(repository)) {
            try (var _ = locks.take(name)) {
                if (target.find(name).isEmpty()) {
                    removeVolumes(name);
                }
            }
        }
    }

    private void removeVolumes(AppName name) {
        target.removeVolumes(name);
        reservations.remove(name);
    }

    private void forgetOld() {
        inbox.forget(clock.instant().minus(KEEP_EVENTS));
        outcomes.forget(clock.instant().minus(KEEP_OUTCOMES));
    }

    @Override
    public void close() {
        renewal.close();
        workers.close();
    }
}
