package dev.rac.targets.docker;

import dev.rac.targets.App;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.LogLine;
import dev.rac.targets.Platform;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
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
    private final Engine engine;
    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;
    private final Images images;
    private final Volumes volumes;
    private final Networks networks;
    private final ChangeFeed changes;
    private final Drains drains;
    private final Paused paused = new Paused();
    private final Deployer deployer;
    private final Waker waker;
    private final Sleeper sleeper;
    private final AppLocks locks = new AppLocks();

    private DockerTarget(Engine engine, ObjectNames names, Updates settings, InstantSource clock) {
        this.engine = engine;
        containers = new Containers(engine, names);
        reader = new AppReader(containers, names);
        images = new Images(engine);
        volumes = new Volumes(engine, names);
        networks = new Networks(engine, names);
        replacement = new Replacement(containers, volumes, networks, names, engine.cpus());
        changes = new ChangeFeed(engine, reader, names);
        drains = new Drains(replacement, settings.drainTimeout());
        var starter = new Starter(containers, networks);
        var settled = new Settled(containers, replacement, reader);
        var rollout =
                new Rollout(containers, replacement, reader, drains, starter, new Readiness(clock), settings, locks);
        deployer = new Deployer(containers, replacement, reader, settled, images, rollout, locks);
        waker = new Waker(containers, replacement, reader, settled, starter, paused, engine.calls());
        sleeper = new Sleeper(containers, replacement, reader, settled, drains, paused, clock);
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
        deployer.deploy(app, secrets);
    }

    @Override
    public List<Endpoint> wake(AppName name, Duration timeout) {
        return engine.calls().within(timeout, "waking " + name, () -> locks.locked(name, () -> waker.wake(name)));
    }

    @Override
    public boolean freezes() {
        return true;
    }

    @Override
    public boolean freeze(AppName name) {
        return locks.locked(name, () -> sleeper.freeze(name));
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
        locks.locked(name, () -> sleeper.sleep(name));
    }

    @Override
    public void fail(App app, String reason) {
        locks.locked(app.name(), () -> sleeper.fail(app, reason));
    }

    @Override
    public void remove(AppName name) {
        locks.locked(name, () -> {
            replacement.remove(name);
            paused.take(name);
        });
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
}
