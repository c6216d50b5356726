package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Inbox;
import dev.rac.notifier.event.Push;
import dev.rac.notifier.image.RegistryClient;
import dev.rac.targets.App;
import dev.rac.targets.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was deployed for an app, and the way back to it. Only what is told of it is kept here: whether the image itself
 * is still there is the registry's business. Thread-safe.
 */
public final class Revisions {
    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);
    // Some 300 bytes each. Who deploys more often within 90 days sees the latest.
    private static final int MAX_DEPLOYMENTS = 1000;

    private final Outcomes outcomes;
    private final Inbox inbox;
    private final RegistryClient registry;
    private final Target target;
    private final Consumer<Push> next;
    private final Clock clock;

    /**
     * Wires the parts.
     *
     * @param next is told of each rollback after it is stored, and must return at once
     */
    public Revisions(
            Outcomes outcomes, Inbox inbox, RegistryClient registry, Target target, Consumer<Push> next, Clock clock) {
        this.outcomes = outcomes;
        this.inbox = inbox;
        this.registry = registry;
        this.target = target;
        this.next = next;
        this.clock = clock;
    }

    /** The revisions of an app, the latest pushed first. */
    public List<Revision> of(App app) {
        return history(app).revisions();
    }

    /**
     * Begins to deploy a revision again, as a push that was made now: what was pushed before does not undo it, what is
     * pushed later does.
     *
     * @param digest of the revision; empty: the one that was pushed before the current one
     * @param user who wants it, empty for anonymous
     * @return the revision as it is being deployed; empty if the app never had it
     * @throws dev.rac.notifier.image.MissingException if the registry does not have its image any more
     * @throws dev.rac.notifier.image.NotifierException if the image cannot be read
     */
    public Optional<Revision> rollBack(App app, Optional<String> digest, Optional<String> user) {
        RevisionHistory history = history(app);
        Optional<Revision> found = digest.isPresent() ? history.find(digest.get()) : history.beforeCurrent();
        found.ifPresent(revision -> deploy(history, revision, user));
        return found.map(Revision::deploying);
    }

    private void deploy(RevisionHistory history, Revision revision, Optional<String> user) {
        // Whoever asks hears at once what would make the deployment fail.
        registry.image(history.app().repository(), revision.digest(), target.platform());
        Instant now = clock.instant();
        Push rollback = history.rollback(revision, user, now);
        LOG.info("rollback of {} to {} by {}", history.app().name(), rollback, user.orElse("anonymous"));
        inbox.store(rollback, now);
        outcomes.record(Outcome.deploying(rollback, now));
        next.accept(rollback);
    }

    private RevisionHistory history(App app) {
        return RevisionHistory.of(outcomes.history(app, MAX_DEPLOYMENTS), app);
    }
}
