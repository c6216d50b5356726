package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.AppNames;
import dev.rac.notifier.deploy.Deployments;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes previews that did not run for a long time. Thread-safe. */
final class Previews implements Target.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Previews.class);

    private final PreviewUse use;
    private final Deployments deployments;
    private final Duration lifetime;
    private final Clock clock;

    Previews(PreviewUse use, Deployments deployments, Duration lifetime, Clock clock) {
        this.use = use;
        this.deployments = deployments;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Notes what runs: a preview may be woken and asleep again between two looks. */
    @Override
    public void changed(AppStatus status) {
        if (status.runs() && !AppNames.isRelease(status.app())) {
            use.used(status.app().name(), clock.instant());
        }
    }

    @Override
    public void removed(AppName name) {
        use.forget(name);
    }

    /**
     * Removes those whose time is over.
     *
     * @return how many
     */
    int expire(List<AppStatus> apps) {
        Instant now = clock.instant();
        List<AppStatus> previews = apps.stream()
                .filter(status -> !AppNames.isRelease(status.app()))
                .toList();
        previews.forEach(status -> {
            if (status.runs()) {
                use.used(status.app().name(), now);
            }
        });
        List<App> unused = unused(previews.stream().map(AppStatus::app).toList(), use.all(), now.minus(lifetime));
        int removed = 0;
        for (App app : unused) {
            if (use.isNew(app.name(), now) || !deployments.removeUnused(app)) {
                continue;
            }
            use.forget(app.name());
            removed++;
            LOG.info(
                    "{}:{}: its preview {} was not used for {}; removed",
                    app.repository(),
                    app.tag(),
                    app.name(),
                    lifetime);
        }
        forgetGone(previews);
        return removed;
    }

    /** Those that were neither pushed nor used since; one that was never seen may be among them. Pure. */
    static List<App> unused(List<App> previews, Map<AppName, Instant> used, Instant since) {
        return previews.stream()
                .filter(app -> app.pushedAt().isBefore(since))
                .filter(app -> used.getOrDefault(app.name(), Instant.MIN).isBefore(since))
                .toList();
    }

    private void forgetGone(List<AppStatus> previews) {
        Set<AppName> there =
                previews.stream().map(status -> status.app().name()).collect(Collectors.toSet());
        Set<AppName> gone = new HashSet<>(use.all().keySet());
        gone.removeAll(there);
        gone.forEach(use::forget);
    }
}
