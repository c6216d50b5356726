package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.AppNames;
import dev.rac.notifier.deploy.Known;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apps whose tag or repository the registry does not have. A preview is removed once two rounds, one after the other,
 * were told the tags of its repository, without its own. All others are kept, for a registry that has lost its storage
 * looks the same, and are told of. For one thread.
 */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final int MAX_NAMED = 20;

    private Set<AppName> before = Set.of();
    private final Set<AppName> now = new HashSet<>();
    private final Set<String> kept = new TreeSet<>();
    private Set<String> told = Set.of();

    /** The apps of a repository whose tags it does not have, though nothing was pushed to them since. Pure. */
    static List<App> of(Look look, Known known, List<App> apps) {
        return apps.stream()
                .filter(app -> app.repository().equals(look.repository()))
                .filter(app -> !look.names().contains(app.tag()))
                .filter(app -> !app.pushedAt().isAfter(look.at()))
                .filter(app -> !known.pending().contains(app.tag()))
                .toList();
    }

    /** Takes what one look found; gives the previews to remove. */
    List<App> found(List<App> orphans) {
        orphans.stream().filter(AppNames::isRelease).forEach(this::keep);
        List<App> previews =
                orphans.stream().filter(app -> !AppNames.isRelease(app)).toList();
        previews.forEach(app -> now.add(app.name()));
        return previews.stream().filter(app -> before.contains(app.name())).toList();
    }

    /** Takes an app whose repository the registry does not know. */
    void keep(App app) {
        kept.add(app.name() + " (" + app.repository() + ":" + app.tag() + ")");
    }

    /** Ends a round that saw the whole registry; logs what is kept, when that has changed. */
    void finish() {
        if (!kept.equals(told) && !kept.isEmpty()) {
            LOG.info(
                    "kept, though the registry does not have their tags ({}): {}{}",
                    kept.size(),
                    kept.stream().limit(MAX_NAMED).collect(Collectors.joining(", ")),
                    kept.size() > MAX_NAMED ? ", …" : "");
        }
        told = Set.copyOf(kept);
        before = Set.copyOf(now);
        begin();
    }

    /** Forgets what a round found that did not come to its end. */
    void begin() {
        now.clear();
        kept.clear();
    }
}
