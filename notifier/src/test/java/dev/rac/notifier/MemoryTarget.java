package dev.rac.notifier;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.LogLine;
import dev.rac.targets.Platform;
import dev.rac.targets.PullCredential;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A target without containers: it keeps the contract, so far as the notifier can see, in memory. */
public final class MemoryTarget implements Target {
    private static final Failure CRASH =
            new Failure("it ended with status 1", Optional.of(1), Instant.EPOCH, List.of("no config"));

    /** One call of {@link #deploy}. */
    public record Deployment(App app, AppSecrets secrets) {
        public PullCredential credential() {
            return secrets.credential();
        }
    }

    private final SortedMap<String, AppStatus> apps = new TreeMap<>();
    private final Map<String, List<LogLine>> output = new HashMap<>();
    private final Set<AppName> volumes = new HashSet<>();
    private int wakes;
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
    public void deploy(App app, AppSecrets secrets) {
        int now = atOnce.incrementAndGet();
        try {
            mostAtOnce.accumulateAndGet(now, Math::max);
            Thread.sleep(pause);
            deployNow(app, secrets);
        } catch (InterruptedException e) {
            throw new TargetException("interrupted", e);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private synchronized void deployNow(App app, AppSecrets secrets) {
        answer();
        if (refusal != null) {
            throw new TargetException(refusal);
        }
        AppStatus old = apps.get(app.name().value());
        if (old != null && old.runs() && !old.isDeployed(app) && crashing.contains(app.name())) {
            throw new AppFailedException(app.name(), CRASH);
        }
        if (old == null || !old.isDeployed(app)) {
            boolean runs = old != null && old.runs();
            set(new AppStatus(
                    app, runs ? AppState.AWAKE : AppState.ASLEEP, runs ? endpoints(app) : List.of(), Optional.empty()));
        }
        if (!app.volumes().isEmpty()) {
            volumes.add(app.name());
        }
        deployments.add(new Deployment(app, secrets));
    }

    @Override
    public synchronized List<Endpoint> wake(AppName name, Duration timeout) {
        App app = status(name).app();
        if (crashing.contains(name)) {
            set(new AppStatus(app, AppState.FAILED, List.of(), Optional.of(CRASH)));
            throw new AppFailedException(name, CRASH);
        }
        set(new AppStatus(app, AppState.AWAKE, endpoints(app), Optional.empty()));
        return endpoints(app);
    }

    private List<Endpoint> endpoints(App app) {
        return List.of(
                new Endpoint("instance-" + wakes + "-of-" + app.name() + "-" + app.digest(), "127.0.0.1", app.port()));
    }

    @Override
    public boolean freezes() {
        return false;
    }

    @Override
    public boolean freeze(AppName name) {
        return false;
    }

    @Override
    public OptionalLong memory(AppName name) {
        return OptionalLong.empty();
    }

    @Override
    public synchronized void sleep(AppName name) {
        wakes++;
        set(new AppStatus(status(name).app(), AppState.ASLEEP, List.of(), Optional.empty()));
    }

    @Override
    public synchronized void fail(App app, String reason) {
        AppName name = app.name();
        var failure = new Failure(reason, Optional.empty(), Instant.now(), List.of());
        set(new AppStatus(status(name).app(), AppState.FAILED, List.of(), Optional.of(failure)));
    }

    @Override
    public synchronized void remove(AppName name) {
        answer();
        notifyAll();
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
    public void followLog(AppName name, String instance, Optional<Instant> since, Consumer<LogLine> lines) {
        int told = 0;
        while (true) {
            List<LogLine> written;
            boolean ended;
            synchronized (this) {
                written = output.getOrDefault(instance, List.of());
                written = List.copyOf(written.subList(told, written.size()));
                ended = Optional.ofNullable(apps.get(name.value())).stream()
                        .flatMap(status -> status.endpoints().stream())
                        .noneMatch(endpoint -> endpoint.instance().equals(instance));
                if (written.isEmpty() && !ended) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        throw new TargetException("interrupted", e);
                    }
                    continue;
                }
            }
            told += written.size();
            written.stream()
                    .filter(line -> since.filter(line.at()::isBefore).isEmpty())
                    .forEach(lines);
            if (ended) {
                return;
            }
        }
    }

    /** Has the running instance of an app write a line. */
    public synchronized void write(AppName name, String text) {
        String instance = status(name).endpoints().getFirst().instance();
        output.computeIfAbsent(instance, absent -> new ArrayList<>()).add(new LogLine(Instant.now(), text));
        notifyAll();
    }

    @Override
    public void removeImages(String repository, Set<String> kept) {}

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
        notifyAll();
        apps.put(status.app().name().value(), status);
        watchers.forEach(watcher -> watcher.changed(status));
    }
}
