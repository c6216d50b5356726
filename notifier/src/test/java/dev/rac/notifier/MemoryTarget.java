package dev.rac.notifier;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A target without containers: it keeps the contract, so far as the notifier can see, in memory. */
public final class MemoryTarget implements Target {
    /** One call of {@link #deploy}. */
    public record Deployment(App app, PullCredential credential) {}

    private final SortedMap<String, AppStatus> apps = new TreeMap<>();
    private final Set<AppName> volumes = new HashSet<>();
    private final Set<AppName> crashing = new HashSet<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final List<Deployment> deployments = new CopyOnWriteArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile Duration pause = Duration.ZERO;
    private volatile @Nullable String outage;
    private volatile @Nullable String refusal;

    /** From now on the platform does not answer; {@code null}: it does again. */
    public void outage(@Nullable String reason) {
        outage = reason;
    }

    /** From now on it answers, but refuses to deploy; {@code null}: it does again. */
    public void refuse(@Nullable String reason) {
        refusal = reason;
    }

    /** From now on each deployment takes so long, as one with a large image does. */
    public void slow(Duration pause) {
        this.pause = pause;
    }

    /** How many deployments were under way at once, at most. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** From now on the app ends as soon as it is started. */
    public synchronized void crash(AppName name) {
        crashing.add(name);
    }

    /** Every call of {@link #deploy} that succeeded. */
    public List<Deployment> deployments() {
        return List.copyOf(deployments);
    }

    /** Whether data of the app is left. */
    public synchronized boolean hasVolumes(AppName name) {
        return volumes.contains(name);
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public Platform platform() {
        return new Platform("linux", "amd64");
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(outage);
    }

    @Override
    public void deploy(App app, PullCredential credential) {
        int now = atOnce.incrementAndGet();
        try {
            mostAtOnce.accumulateAndGet(now, Math::max);
            Thread.sleep(pause);
            deployNow(app, credential);
        } catch (InterruptedException e) {
            throw new TargetException("interrupted", e);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private synchronized void deployNow(App app, PullCredential credential) {
        answer();
        if (refusal != null) {
            throw new TargetException(refusal);
        }
        AppStatus old = apps.get(app.name().value());
        if (old == null || !old.isDeployed(app)) {
            set(new AppStatus(app, AppState.ASLEEP, List.of(), Optional.empty()));
        }
        if (!app.volumes().isEmpty()) {
            volumes.add(app.name());
        }
        deployments.add(new Deployment(app, credential));
    }

    @Override
    public synchronized List<Endpoint> wake(AppName name, Duration timeout) {
        App app = status(name).app();
        if (crashing.contains(name)) {
            var failure = new Failure("it ended with status 1", Optional.of(1), Instant.now(), List.of("no config"));
            set(new AppStatus(app, AppState.FAILED, List.of(), Optional.of(failure)));
            throw new AppFailedException(name, failure);
        }
        var endpoints = List.of(new Endpoint("instance-of-" + name, "127.0.0.1", app.port()));
        set(new AppStatus(app, AppState.AWAKE, endpoints, Optional.empty()));
        return endpoints;
    }

    @Override
    public synchronized void sleep(AppName name) {
        set(new AppStatus(status(name).app(), AppState.ASLEEP, List.of(), Optional.empty()));
    }

    @Override
    public synchronized void fail(AppName name, String reason) {
        var failure = new Failure(reason, Optional.empty(), Instant.now(), List.of());
        set(new AppStatus(status(name).app(), AppState.FAILED, List.of(), Optional.of(failure)));
    }

    @Override
    public synchronized void remove(AppName name) {
        answer();
        if (apps.remove(name.value()) != null) {
            watchers.forEach(watcher -> watcher.removed(name));
        }
    }

    @Override
    public synchronized void removeVolumes(AppName name) {
        answer();
        if (apps.containsKey(name.value())) {
            throw new TargetException(name + " is still there");
        }
        volumes.remove(name);
    }

    @Override
    public synchronized List<AppStatus> apps() {
        answer();
        return new ArrayList<>(apps.values());
    }

    @Override
    public synchronized Optional<AppStatus> find(AppName name) {
        answer();
        return Optional.ofNullable(apps.get(name.value()));
    }

    @Override
    public synchronized Watch watch(Watcher watcher) {
        apps.values().forEach(watcher::changed);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public void close() {}

    private void answer() {
        if (outage != null) {
            throw new TargetException(outage);
        }
    }

    private AppStatus status(AppName name) {
        return find(name).orElseThrow(() -> new UnknownAppException(name));
    }

    private void set(AppStatus status) {
        apps.put(status.app().name().value(), status);
        watchers.forEach(watcher -> watcher.changed(status));
    }
}
