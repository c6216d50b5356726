package dev.rac.notifier.deploy;

import dev.rac.targets.App;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees the target's disk of images that no app needs. Thread-safe. */
final class ImageGarbage {
    private static final Logger LOG = LoggerFactory.getLogger(ImageGarbage.class);
    // Of each app, besides the one that it has: the first ones to be rolled back to need not be pulled again.
    private static final int KEPT = 2;
    private static final int MAX_DEPLOYMENTS = 100;

    private final Target target;
    private final Outcomes outcomes;
    private final String registryHost;

    ImageGarbage(Target target, Outcomes outcomes, String registryHost) {
        this.target = target;
        this.outcomes = outcomes;
        this.registryHost = registryHost;
    }

    /** Keeps of a repository's images those of its apps, and the last ones that each app had before. Does not throw. */
    void collect(String repository) {
        try {
            var kept = new HashSet<String>();
            target.apps().stream()
                    .map(AppStatus::app)
                    .filter(app -> app.repository().equals(repository))
                    .forEach(app -> kept.addAll(needed(app)));
            target.removeImages(registryHost + "/" + repository, kept);
        } catch (TargetException e) {
            // The next deployment of the repository tries again.
            LOG.warn("old images of {} were not removed: {}", repository, e.getMessage());
        }
    }

    private Set<String> needed(App app) {
        var needed = new HashSet<String>();
        needed.add(app.digest());
        RevisionHistory.of(outcomes.history(app, MAX_DEPLOYMENTS), app).revisions().stream()
                .filter(revision -> !revision.current() && revision.deployedAt().isPresent())
                .limit(KEPT)
                .map(Revision::digest)
                .forEach(needed::add);
        return needed;
    }
}
