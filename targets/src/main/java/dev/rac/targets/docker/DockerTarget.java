package dev.rac.targets.docker;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.LogLine;
import dev.rac.targets.Platform;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import dev.rac.targets.Updates;
import dev.rac.targets.docker.AppContainer.Role;
import dev.rac.targets.probe.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Apps on a Docker Engine, one container each: created but not started is asleep, running is awake, ended by itself is
 * failed. A sleeping app's image is there already and its container is fresh, so that a wake is one call.
 */
public final class DockerTarget implements Target {
    // How often another process may update the same app in the midst of an update.
    private static final int ATTEMPTS = 20;

    private final Engine engine;
    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;
    private final Images images;
    private final Volumes volumes;
    private final Networks networks;
    private final ChangeFeed changes;
    private final Starter starter;
    private final Drains drains;
    private final Rollout rollout;
    private final InstantSource clock;
    private final AppLocks locks = new AppLocks();
    // Held longer: while a new revision starts, the old one is woken and put to sleep as ever.
    private final AppLocks updates = new AppLocks();

    private DockerTarget(Engine engine, ObjectNames names, Updates settings, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
        containers = new Containers(engine, names);

        reader = new AppReader(containers, names);
        images = new Images(engine);
        volumes = new Volumes(engine, names);
        networks = new Networks(engine, names);
        replacement = new Replacement(containers, volumes, networks, names, engine.cpus());
        changes = new ChangeFeed(engine, reader, names);
        starter = new Starter(containers, networks);
        drains = new Drains(replacement, settings.drainTimeout());
        rollout = new Rollout(containers, replacement, reader, drains, starter, new Readiness(clock), settings, locks);
    }

    /**
     * Connects to an engine, creates the network of the namespace if it is not there, and ends what a process before
     * left half done.
     *
     * @throws TargetException if the engine does not answer, or refuses
     */
    public static DockerTarget connect(DockerSettings settings) {
        var names = new ObjectNames(settings.namespace());
        Engine engine = Engine.connect(settings.engine());
        try {
            var target = new DockerTarget(engine, names, settings.updates(), InstantSource.system());
            target.networks.ensure();
            target.settleAll();
            return target;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public Platform platform() {
        return engine.platform();
    }

    @Override
    public Optional<String> problem() {
        return engine.problem();
    }

    @Override
    public void deploy(App app, AppSecrets secrets) {
        if (locks.locked(app.name(), () -> isDeployed(app))) {
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
            if (isDeployed(app)) {
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

    @Override
    public List<Endpoint> wake(AppName name, Duration timeout) {
        return engine.calls().within(timeout, "waking " + name, () -> locks.locked(name, () -> wakeNow(name)));
    }

    @Override
    public boolean freezes() {
        return true;
    }

    @Override
    public boolean freeze(AppName name) {
        return locks.locked(name, () -> {
            AppStatus status = settled(name);
            if (status.state() == AppState.AWAKE && !status.updating()) {
                status.endpoints().forEach(endpoint -> containers.pause(endpoint.instance()));
            }
            return reader.find(name)
                    .filter(now -> now.state() == AppState.FROZEN)
                    .isPresent();
        });
    }

    @Override
    public OptionalLong memory(AppName name) {
        return containers.of(name).stream()
                .filter(container -> container.role() == Role.MAIN)
                .mapToLong(container -> containers.memory(container.id()))
                .reduce(Long::sum);
    }

    @Override
    public void sleep(AppName name) {
        locks.locked(name, () -> {
            AppStatus status = settled(name);
            if (status.state() != AppState.ASLEEP) {
                stop(status, Optional.empty());
            }
        });
    }

    @Override
    public void fail(App app, String reason) {
        locks.locked(app.name(), () -> {
            AppStatus status = settled(app.name());
            // Nothing starts a container that ended but a wake: where the reason is the same, all is done.
            boolean recorded =
                    status.failure().filter(own -> own.reason().equals(reason)).isPresent();
            if (status.app().isSameRevisionAs(app) && !recorded) {
                stop(status, Optional.of(failure(status, reason)));
            }
        });
    }

    /** Puts a fresh container in the place of one that runs; who asks meanwhile starts that, where two may run. */
    private void stop(AppStatus status, Optional<Failure> failure) {
        App app = status.app();
        if (app.startsFirst()) {
            replacement.supersede(app, failure, environment(app.name()), drains::stop);
        } else {
            replacement.replace(app, failure, environment(app.name()));
        }
    }

    @Override
    public void remove(AppName name) {
        locks.locked(name, () -> replacement.remove(name));
    }

    @Override
    public void removeVolumes(AppName name) {
        locks.locked(name, () -> volumes.remove(name));
    }

    @Override
    public void followLog(AppName name, String instance, Optional<Instant> since, Consumer<LogLine> lines) {
        if (containers.of(name).stream().noneMatch(container -> container.id().equals(instance))) {
            throw new TargetException(name + " has no instance " + instance);
        }
        containers.followLog(instance, since, lines);
    }

    @Override
    public void removeImages(String repository, Set<String> kept) {
        images.remove(repository, kept);
    }

    @Override
    public List<AppStatus> apps() {
        return reader.all();
    }

    @Override
    public Optional<AppStatus> find(AppName name) {
        return reader.find(name);
    }

    @Override
    public Watch watch(Watcher watcher) {
        return changes.watch(watcher);
    }

    @Override
    public void close() {
        changes.close();
        drains.close();
        engine.close();
    }

    private void settleAll() {
        List<AppContainer> all = containers.all();
        all.stream()
                .filter(container -> container.role() != Role.MAIN)
                .map(AppContainer::app)
                .distinct()
                .forEach(app -> locks.locked(app, () -> replacement.settle(app)));
        all.stream()
                .filter(container -> container.role() == Role.RETIRED)
                .forEach(container -> drains.begin(container.id()));
    }

    /** The variables of the app's container, with those of its image. */
    private List<String> environment(AppName name) {
        return replacement
                .settle(name)
                .flatMap(containers::inspect)
                .map(Containers::environment)
                .orElseThrow(() -> new UnknownAppException(name));
    }

    private boolean isDeployed(App app) {
        return replacement.settle(app.name()).isPresent()
                && reader.find(app.name())
                        .filter(status -> status.isDeployed(app))
                        .isPresent();
    }

    private AppStatus settled(AppName name) {
        replacement.settle(name);
        return reader.find(name).orElseThrow(() -> new UnknownAppException(name));
    }

    private List<Endpoint> wakeNow(AppName name) {
        AppContainer main = replacement.settled(name).orElseThrow(() -> new UnknownAppException(name));
        Optional<TargetException> refusal = starter.start(main);
        AppStatus status = containers
                .inspect(main.id())
                .flatMap(reader::read)
                // Another process replaced or removed it.
                .or(() -> reader.find(name))
                .orElseThrow(() -> new UnknownAppException(name));
        return switch (status.state()) {
            case AWAKE -> status.endpoints();
            case FROZEN -> throw refusal.orElseGet(() -> new TargetException(name + " was frozen while it woke"));
            case FAILED -> {
                Failure failure = status.failure().orElseThrow();
                if (refusal.isPresent()) {
                    // The engine says so of the container itself only; its listing would say that the app sleeps.
                    replacement.replace(status.app(), Optional.of(failure), environment(name));
                }
                throw new AppFailedException(name, failure);
            }
            case ASLEEP ->
                throw refusal.orElseGet(
                        () -> new TargetException("another process put " + name + " to sleep while it woke"));
            case WAKING ->
                throw refusal.orElseGet(
                        () -> new TargetException(name + " was started, but has no address in its network"));
        };
    }

    /** The failure to record of an app: its own one, if it ended by itself, but for the reason. */
    private Failure failure(AppStatus status, String reason) {
        return status.failure()
                .map(own -> new Failure(reason, own.exitCode(), own.at(), own.logLines()))
                .orElseGet(() -> new Failure(
                        reason,
                        Optional.empty(),
                        clock.instant(),
                        status.endpoints().stream()
                                .flatMap(endpoint -> containers.log(endpoint.instance()).stream())
                                .toList()));
    }
}
