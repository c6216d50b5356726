package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.History;
import dev.rac.notifier.deploy.Known;
import dev.rac.notifier.image.MissingException;
import dev.rac.notifier.image.NotifierException;
import dev.rac.notifier.image.RegistryListing;
import dev.rac.targets.App;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round over the registry, a few repositories at a time. What is found to be wrong is looked up once more after a
 * moment: an event may only be late.
 */
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);
    private static final int AT_ONCE = 100;
    // One repository may be damaged; of several in a row, the registry itself is.
    private static final int MAX_FAILURES = 3;
    /** How much one round mends; the next one goes on, with a fresh view of it all. */
    static final int MAX_MENDED = 200;

    private final Lookout lookout;
    private final History history;
    private final Target target;
    private final Mender mender;
    private final Orphans orphans;
    private final Pace pace;
    private final Duration grace;
    private final Set<String> unseen = new HashSet<>();
    private List<App> apps = List.of();
    private int failures;
    private int mended;

    Round(Lookout lookout, History history, Target target, Mender mender, Orphans orphans, Pace pace, Duration grace) {
        this.lookout = lookout;
        this.history = history;
        this.target = target;
        this.mender = mender;
        this.orphans = orphans;
        this.pace = pace;
        this.grace = grace;
    }

    /**
     * Goes round.
     *
     * @return how much was mended
     */
    int run() throws InterruptedException {
        orphans.begin();
        apps = apps();
        apps.forEach(app -> unseen.add(app.repository()));
        Optional<String> after = Optional.of("");
        while (after.isPresent() && mended < MAX_MENDED) {
            RegistryListing.Page page = lookout.repositories(after.get());
            for (int from = 0; from < page.names().size() && mended < MAX_MENDED; from += AT_ONCE) {
                some(page.names()
                        .subList(from, Math.min(from + AT_ONCE, page.names().size())));
            }
            after = page.next();
        }
        if (mended < MAX_MENDED) {
            apps.stream().filter(app -> unseen.contains(app.repository())).forEach(orphans::keep);
            orphans.finish();
        }
        return mended;
    }

    /**
     * Compares some repositories only.
     *
     * @param seen what the target has
     * @return how much was mended
     */
    int run(List<App> seen, List<String> repositories) throws InterruptedException {
        apps = seen;
        some(repositories);
        return mended;
    }

    /** What the target had, when this last asked. */
    List<App> seen() {
        return apps;
    }

    private void some(List<String> repositories) throws InterruptedException {
        var wrong = new ArrayList<Look>();
        for (String repository : repositories) {
            Known known = history.of(repository);
            look(repository, known)
                    .filter(look -> !mends(look, known).isEmpty())
                    .ifPresent(wrong::add);
        }
        if (!wrong.isEmpty()) {
            pace.pause(grace);
        }
        for (Look look : wrong) {
            // What is wrong now, and not what was then: deploying the ones before may have taken long.
            apps = apps();
            Known known = history.of(look.repository());
            for (Mend mend : mends(look, known)) {
                if (mended < MAX_MENDED && mender.mend(mend, look, known)) {
                    mended++;
                }
            }
        }
    }

    private List<Mend> mends(Look look, Known known) {
        var mends = new ArrayList<>(Comparison.of(look, known, apps));
        orphans.found(Orphans.of(look, known, apps)).forEach(app -> mends.add(new Mend.Orphan(app)));
        return mends;
    }

    private Optional<Look> look(String repository, Known known) throws InterruptedException {
        try {
            Look look = lookout.look(repository, known, apps);
            failures = 0;
            unseen.remove(repository);
            return Optional.of(look);
        } catch (MissingException e) {
            // Listed, but without any tags, or deleted a moment ago.
            return Optional.empty();
        } catch (NotifierException e) {
            failures++;
            unseen.remove(repository);
            if (failures >= MAX_FAILURES) {
                throw e;
            }
            LOG.warn("{} could not be reconciled: {}", repository, e.getMessage());
            return Optional.empty();
        }
    }

    private List<App> apps() {
        return apps(target);
    }

    /** What a target has now. */
    static List<App> apps(Target target) {
        return target.apps().stream().map(AppStatus::app).toList();
    }
}
