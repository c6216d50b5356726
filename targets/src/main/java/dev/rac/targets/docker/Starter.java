package dev.rac.targets.docker;

import dev.rac.targets.TargetException;
import java.util.Optional;

/** Starts containers. */
final class Starter {
    private final Containers containers;
    private final Networks networks;

    Starter(Containers containers, Networks networks) {
        this.containers = containers;
        this.networks = networks;
    }

    /**
     * Starts a container, or lets a frozen one go on: engines refuse to start one of these.
     *
     * @return why it does not run
     */
    Optional<TargetException> start(AppContainer container) {
        if (container.isPaused()) {
            try {
                containers.unpause(container.id());
                return Optional.empty();
            } catch (TargetException e) {
                // Whatever was done to it since it was listed: a start says what it is now.
            }
        }
        return start(container.id());
    }

    /**
     * Starts a container, or lets a frozen one go on. An engine that refuses says more in the container itself, where
     * the app is to blame.
     *
     * @return why it was not started
     */
    Optional<TargetException> start(String id) {
        try {
            try {
                containers.start(id);
            } catch (TargetException e) {
                // While all apps sleep nothing uses the network, and docker network prune removes it.
                networks.ensure();
                containers.start(id);
            }
            return Optional.empty();
        } catch (TargetException e) {
            return Optional.of(e);
        }
    }
}
