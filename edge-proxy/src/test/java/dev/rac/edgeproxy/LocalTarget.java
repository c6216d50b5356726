package dev.rac.edgeproxy;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.LogLine;
import dev.rac.targets.Platform;
import dev.rac.targets.Target;
import dev.rac.targets.UnknownAppException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A target whose instances are servers in this JVM. It keeps the {@link Target} contract; as on a real platform, its
 * watch lags behind its calls.
 */
public final class LocalTarget implements Target {
    /** What each app is said to hold while it is frozen. */
    public static final long FROZEN_BYTES = 1 << 20;

    private final Map<String, LocalApp> apps = new ConcurrentSkipListMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final ExecutorService events = Executors.newSingleThreadExecutor();
    private volatile Optional<String> problem = Optional.empty();

    /** Deploys an app with what it does when it is started. */
    public LocalApp deploy(App app, Behaviour behaviour) {
        LocalApp local = apps.computeIfAbsent(app.name().value(), name -> new LocalApp(this::tell));
        local.deploy(app, behaviour);
        // Until the watchers know it, so that no test races with its own deployment.
        await(() -> {});
        return local;
    }

    @Override
    public void deploy(App app, AppSecrets secrets) {
        throw new UnsupportedOperationException("deploy an app with its behaviour");
    }

    @Override
    public String kind() {
        return "local";
    }

    @Override
    public Platform platform() {
        return new Platform("linux", "amd64");
    }

    /** Has the platform not answer. */
    public void breakDown(String why) {
        problem = Optional.of(why);
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public List<Endpoint> wake(AppName name, Duration timeout) {
        return get(name).wake();
    }

    @Override
    public boolean freezes() {
        return true;
    }

    @Override
    public boolean freeze(AppName name) {
        return get(name).freeze();
    }

    @Override
    public OptionalLong memory(AppName name) {
        return OptionalLong.of(FROZEN_BYTES);
    }

    @Override
    public void sleep(AppName name) {
        get(name).sleep();
    }

    @Override
    public void fail(App app, String reason) {
        get(app.name()).fail(reason);
    }

    @Override
    public void followLog(AppName name, String instance, Optional<Instant> since, Consumer<LogLine> lines) {
        throw new UnsupportedOperationException("local apps have no output");
    }

    @Override
    public void removeImages(String repository, Set<String> kept) {}

    @Override
    public void remove(AppName name) {
        LocalApp app = apps.remove(name.value());
        if (app != null) {
            app.end();
            events.execute(() -> watchers.forEach(watcher -> watcher.removed(name)));
        }
    }

    @Override
    public void removeVolumes(AppName name) {}

    @Override
    public List<AppStatus> apps() {
        return apps.values().stream().map(LocalApp::status).toList();
    }

    @Override
    public Optional<AppStatus> find(AppName name) {
        return Optional.ofNullable(apps.get(name.value())).map(LocalApp::status);
    }

    @Override
    public Watch watch(Watcher watcher) {
        await(() -> {
            apps().forEach(watcher::changed);
            watchers.add(watcher);
        });
        return () -> watchers.remove(watcher);
    }

    @Override
    public void close() {
        apps.values().forEach(LocalApp::end);
        events.shutdown();
    }

    private LocalApp get(AppName name) {
        LocalApp app = apps.get(name.value());
        if (app == null) {
            throw new UnknownAppException(name);
        }
        return app;
    }

    private void tell(AppStatus status) {
        if (!events.isShutdown()) {
            events.execute(() -> watchers.forEach(watcher -> watcher.changed(status)));
        }
    }

    private void await(Runnable task) {
        try {
            events.submit(task).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
