package dev.rac.targets.docker;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.Platform;
import dev.rac.targets.PullCredential;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Apps on a Docker Engine, one container each: created but not started is asleep, running is awake, ended by itself is
 * failed. A sleeping app's image is there already and its container is fresh, so that a wake is one call.
 */
public final class DockerTarget implements Target {
    private final Engine engine;
    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;
    private final Images images;
    private final Volumes volumes;
    private final Networks networks;
    private final ChangeFeed changes;
    private final InstantSource clock;
    private final AppLocks locks = new AppLocks();

    private DockerTarget(Engine engine, ObjectNames names, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
        containers = new Containers(engine, names);

        reader = new AppReader(containers, names);
        images = new Images(engine);
        volumes = new Volumes(engine, names);
        networks = new Networks(engine, names);
        replacement = new Replacement(containers, volumes, networks, names, engine.cpus());
        changes = new ChangeFeed(engine, reader, names);
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
            var target = new DockerTarget(engine, names, InstantSource.system());
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
    public void deploy(App app, PullCredential credential) {
        if (locks.locked(app.name(), () -> isDeployed(app))) {
            return;
        }
        // Not under the app's lock: while it is pulled, the last revision goes on waking and sleeping.
        images.pull(app.image(), credential);
        locks.locked(app.name(), () -> {
            if (!isDeployed(app)) {
                replacement.replace(app, Optional.empty());
            }
        });
    }

    @Override
    public List<Endpoint> wake(AppName name, Duration timeout) {
        return engine.calls().within(timeout, "waking " + name, () -> locks.locked(name, () -> wakeNow(name)));
    }

    @Override
    public void sleep(AppName name) {
        locks.locked(name, () -> {
            AppStatus status = settled(name);
            if (status.state() != AppState.ASLEEP) {
                replacement.replace(status.app(), Optional.empty());
            }
        });
    }

    @Override
    public void fail(AppName name, String reason) {
        locks.locked(name, () -> {
            AppStatus status = settled(name);
            // Nothing starts a container that ended but a wake: where the reason is the same, all is done.
            if (status.failure().filter(own -> own.reason().equals(reason)).isEmpty()) {
                replacement.replace(status.app(), Optional.of(failure(status, reason)));
            }
        });
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
        engine.close();
    }

    private void settleAll() {
        containers.all().stream()
                .filter(container -> container.role() != AppContainer.Role.MAIN)
                .map(AppContainer::app)
                .distinct()
                .forEach(app -> locks.locked(app, () -> replacement.settle(app)));
    }

    private boolean isDeployed(App app) {
        replacement.settle(app.name());
        return reader.find(app.name()).filter(status -> status.isDeployed(app)).isPresent();
    }

    private AppStatus settled(AppName name) {
        replacement.settle(name);
        return reader.find(name).orElseThrow(() -> new UnknownAppException(name));
    }

    private List<Endpoint> wakeNow(AppName name) {
        String id = replacement.settle(name).orElseThrow(() -> new UnknownAppException(name));
        Optional<TargetException> refusal = start(id);
        AppStatus status = containers
                .inspect(id)
                .flatMap(reader::read)
                // Another process replaced or removed it.
                .or(() -> reader.find(name))
                .orElseThrow(() -> new UnknownAppException(name));
        return switch (status.state()) {
            case AWAKE -> status.endpoints();
            case FAILED -> throw new AppFailedException(name, status.failure().orElseThrow());
            case ASLEEP ->
                throw refusal.orElseGet(
                        () -> new TargetException("another process put " + name + " to sleep while it woke"));
            case WAKING ->
                throw refusal.orElseGet(
                        () -> new TargetException(name + " was started, but has no address in its network"));
        };
    }

    /** Starts a container; an engine that refuses says more in the container itself, where the app is to blame. */
    private Optional<TargetException> start(String id) {
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
