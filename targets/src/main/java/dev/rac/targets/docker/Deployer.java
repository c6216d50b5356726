package dev.rac.targets.docker;

import dev.rac.targets.App;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppStatus;
import java.util.List;
import java.util.Optional;

/** Brings an app to a revision: one that runs then runs that, one that sleeps is replaced where it sleeps. */
final class Deployer {
    // How often another process may update the same app in the midst of an update.
    private static final int ATTEMPTS = 20;

    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;
    private final Settled settled;
    private final Images images;
    private final Rollout rollout;
    private final AppLocks locks;
    // Held longer: while a new revision starts, the old one is woken and put to sleep as ever.
    private final AppLocks updates = new AppLocks();

    Deployer(
            Containers containers,
            Replacement replacement,
            AppReader reader,
            Settled settled,
            Images images,
            Rollout rollout,
            AppLocks locks) {
        this.containers = containers;
        this.replacement = replacement;
        this.reader = reader;
        this.settled = settled;
        this.images = images;
        this.rollout = rollout;
        this.locks = locks;
    }

    void deploy(App app, AppSecrets secrets) {
        if (locks.locked(app.name(), () -> settled.isDeployed(app))) {
            return;
        }
        // Not under the app's lock: while it is pulled, the last revision goes on waking and sleeping.
        images.pull(app.image(), secrets.credential());
        List<String> environment = ContainerSpec.environment(app, secrets.environment());
        updates.locked(app.name(), () -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    deployPulled(app, environment);
                    return;
                } catch (OvertakenException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                    replacement.awaitNoCandidate(app.name());
                }
            }
        });
    }

    private void deployPulled(App app, List<String> environment) {
        boolean runs = locks.locked(app.name(), () -> {
            boolean isNew = containers.of(app.name()).isEmpty();
            if (isNew && replacement.createFirst(app, environment)) {
                return false;
            }
            replacement.discardCandidate(app.name());
            if (settled.isDeployed(app)) {
                return false;
            }
            boolean running = reader.find(app.name()).filter(AppStatus::runs).isPresent();
            if (!running) {
                replacement.replace(app, Optional.empty(), environment);
            }
            return running;
        });
        if (runs && app.startsFirst()) {
            rollout.startFirst(app, environment);
        } else if (runs) {
            rollout.stopFirst(app, environment);
        }
    }
}
