package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Inbox;
import dev.rac.notifier.event.Push;
import dev.rac.notifier.variable.Claim;
import dev.rac.notifier.variable.EnvironmentChange;
import dev.rac.notifier.variable.Environments;
import dev.rac.targets.App;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes variables, and has what is deployed get them. Thread-safe. */
public final class EnvironmentChanges {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentChanges.class);

    private final Jdbi jdbi;
    private final Environments environments;
    private final Inbox inbox;
    private final Target target;
    private final Consumer<Push> next;
    private final Clock clock;

    /**
     * Wires the parts.
     *
     * @param next is told of each deployment after it is stored, and must return at once
     */
    public EnvironmentChanges(
            Jdbi jdbi, Environments environments, Inbox inbox, Target target, Consumer<Push> next, Clock clock) {
        this.jdbi = jdbi;
        this.environments = environments;
        this.inbox = inbox;
        this.target = target;
        this.next = next;
        this.clock = clock;
    }

    /**
     * Changes a repository's variables. When this returns, they are stored, and so is that its apps need them.
     *
     * @param user who wants it, empty for anonymous
     * @param claim the one that decides about the repository; empty only where the change sets nothing
     * @throws dev.rac.notifier.variable.InvalidVariablesException if they would be too many or too long together
     * @throws dev.rac.notifier.variable.UnreadableVariablesException if some would be left that cannot be read
     * @throws dev.rac.targets.TargetException if the target does not say what is deployed; then nothing is changed
     */
    public void change(String repository, EnvironmentChange change, Optional<String> user, Optional<Claim> claim) {
        Instant now = clock.instant();
        List<App> apps = apps(repository);
        List<Push> deployments =
                apps.stream().map(app -> deployment(app, user, now)).toList();
        boolean changed = jdbi.inTransaction(handle -> {
            boolean different = environments.change(repository, change, user, claim);
            if (different) {
                deployments.forEach(deployment -> inbox.store(deployment, now));
            }
            return different;
        });
        if (!changed) {
            return;
        }
        LOG.info("variables of {}: {} by {}", repository, change, user.orElse("anonymous"));
        deployments.forEach(next);
        // What was deployed while this was being stored may have neither the variables nor been among the apps.
        apps(repository).stream()
                .filter(app -> apps.stream().noneMatch(known -> known.name().equals(app.name())))
                .map(app -> deployment(app, user, now))
                .forEach(deployment -> {
                    inbox.store(deployment, now);
                    next.accept(deployment);
                });
    }

    private List<App> apps(String repository) {
        return target.apps().stream()
                .map(AppStatus::app)
                .filter(app -> app.repository().equals(repository))
                .toList();
    }

    private static Push deployment(App app, Optional<String> user, Instant now) {
        return Push.settings(app.name(), app.repository(), app.tag(), app.digest(), user, now);
    }
}
