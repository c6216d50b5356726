package dev.rac.targets.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import dev.rac.targets.docker.AppContainer.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a fresh container in the place of an app's last one, which is how an app is deployed, put to sleep, and failed.
 *
 * <p>The fresh one is created as the "next" first, and counts from that moment on. What then remains, {@link Repair}
 * tells from the containers that there are: so a process that ended in the midst of it is taken over from by the next
 * one. The caller sees to it that this process does one such thing per app at once.
 */
final class Replacement {
    // Another process may be stopping a container, which takes ten seconds at most: look for three times as long.
    private static final int LOOKS = 300;
    private static final int LOOKS_WITHOUT_PAUSE = 5;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Containers containers;
    private final Volumes volumes;
    private final Networks networks;
    private final ObjectNames names;
    private final int engineCpus;

    Replacement(Containers containers, Volumes volumes, Networks networks, ObjectNames names, int engineCpus) {
        this.containers = containers;
        this.volumes = volumes;
        this.networks = networks;
        this.names = names;
        this.engineCpus = engineCpus;
    }

    /**
     * Ends what was begun with the app's containers.
     *
     * @return its one container, if there is one
     */
    Optional<String> settle(AppName app) {
        return settled(app).map(AppContainer::id);
    }

    /** As {@link #settle}, with what else is known of the container. */
    Optional<AppContainer> settled(AppName app) {
        for (int look = 0; look < LOOKS; look++) {
            switch (Repair.step(containers.of(app))) {
                case Repair.Settled(Optional<AppContainer> container) -> {
                    return container;
                }
                case Repair.Discard(String id) -> discard(id);
                case Repair.Promote(String id) -> containers.rename(id, names.container(app));
            }
            pauseAfter(look);
        }
        throw new TargetException("the containers of " + app + " do not come to rest: look at docker ps -a --filter "
                + "label=" + Labels.NAME + "=" + app);
    }

    /**
     * Replaces the app's container, if it has one, by a fresh one that is not started.
     *
     * @param environment {@code NAME=value} each
     */
    void replace(App app, Optional<Failure> failure, List<String> environment) {
        place(app, failure, environment, main -> {});
    }

    /**
     * As {@link #replace}, of an app of which two instances may run at once: the last one is not waited for.
     *
     * @param retired is told of the container that is still to be discarded, as soon as it has lost its place
     */
    void supersede(App app, Optional<Failure> failure, List<String> environment, Consumer<String> retired) {
        place(app, failure, environment, main -> {
            retire(app.name(), main);
            retired.accept(main);
        });
    }

    /** Creates the fresh container; what becomes of the last one, if there is one, is decided before it is settled. */
    private void place(App app, Optional<Failure> failure, List<String> environment, Consumer<String> last) {
        ContainerSpec spec = prepare(app, failure, environment);
        for (int look = 0; look < LOOKS; look++) {
            Optional<String> main = settle(app.name());
            if (containers.create(main.isEmpty() ? names.container(app.name()) : names.next(app.name()), spec)) {
                main.ifPresent(last);
                settle(app.name());
                return;
            }
            pauseAfter(look);
        }
        throw overtaken(app.name());
    }

    /** Creates an app's first container; false if it has got one meanwhile. */
    boolean createFirst(App app, List<String> environment) {
        return containers.create(names.container(app.name()), prepare(app, Optional.empty(), environment));
    }

    /** Creates a container that is to take the place of the app's, in the place of an earlier one; gives its id. */
    String candidate(App app, List<String> environment) {
        ContainerSpec spec = prepare(app, Optional.empty(), environment);
        discardCandidate(app.name());
        if (!containers.create(names.candidate(app.name()), spec)) {
            throw new OvertakenException(app.name());
        }
        return AppContainer.withRole(containers.of(app.name()), Role.CANDIDATE)
                .map(AppContainer::id)
                .orElseThrow(() -> new OvertakenException(app.name()));
    }

    /** Takes the app's place from its main container, which serves its last requests from now on. */
    void retire(AppName app, String main) {
        containers.rename(main, names.retired(app, main));
    }

    /**
     * Gives the place of the one that was retired to the candidate; where this is broken off, it is settled later.
     *
     * @throws OvertakenException if the candidate is gone
     */
    void promote(AppName app, String candidate) {
        containers.rename(candidate, names.container(app));
        if (settle(app).isEmpty()) {
            throw new OvertakenException(app);
        }
    }

    /** Whether a container still is the app's candidate, and nobody has begun to discard it. */
    boolean isCandidate(AppName app, InspectContainerResponse container) {
        return container.getName().equals("/" + names.candidate(app));
    }

    /** Stops and removes the app's candidate; whoever waits for it sees by its name that it did not end by itself. */
    void discardCandidate(AppName app) {
        AppContainer.withRole(containers.of(app), Role.CANDIDATE).ifPresent(candidate -> {
            containers.rename(candidate.id(), names.retired(app, candidate.id()));
            discard(candidate.id());
        });
    }

    /** Gives another process the time to end its update, lest the two keep overtaking each other. */
    void awaitNoCandidate(AppName app) {
        for (int look = 0;
                look < LOOKS
                        && AppContainer.withRole(containers.of(app), Role.CANDIDATE)
                                .isPresent();
                look++) {
            pauseAfter(look);
        }
    }

    private void discardRetired(AppName app) {
        containers.of(app).stream()
                .filter(container -> container.role() == Role.RETIRED)
                .forEach(container -> discard(container.id()));
    }

    /** Stops and removes a container. */
    void discard(String id) {
        containers.stop(id);
        containers.remove(id);
    }

    private ContainerSpec prepare(App app, Optional<Failure> failure, List<String> environment) {
        ContainerSpec spec = ContainerSpec.of(app, failure, environment, names, engineCpus);
        networks.ensure();
        spec.volumes().forEach(volume -> volumes.ensure(app.name(), volume));
        return spec;
    }

    /** Removes the app's container; the app is gone at once, even while its process is given time to end. */
    void remove(AppName app) {
        for (int look = 0; look < LOOKS; look++) {
            Optional<String> id = settle(app);
            if (id.isEmpty()) {
                discardCandidate(app);
                discardRetired(app);
                return;
            }
            containers.rename(id.get(), names.gone(app));
            pauseAfter(look);
        }
        throw overtaken(app);
    }

    private static TargetException overtaken(AppName app) {
        return new TargetException("another process keeps replacing the container of " + app);
    }

    private static void pauseAfter(int look) {
        if (look < LOOKS_WITHOUT_PAUSE) {
            return;
        }
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while replacing a container", e);
        }
    }
}
