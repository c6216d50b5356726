package dev.rac.bench.edgeproxy;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.LogLine;
import dev.rac.targets.Platform;
import dev.rac.targets.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One app that runs at the origin's address, and many beside it that sleep: no engine takes processors from the door. */
final class FixedTarget implements Target {
    /** The app that runs. */
    static final AppName APP = new AppName("app");

    private final Endpoint origin;
    private final int routes;

    /**
     * Makes a target.
     *
     * @param routes how many apps there are
     */
    FixedTarget(Endpoint origin, int routes) {
        this.origin = origin;
        this.routes = routes;
    }

    private AppStatus running() {
        return new AppStatus(app(APP), AppState.AWAKE, List.of(origin), Optional.empty());
    }

    private static App app(AppName name) {
        return new App(
                name,
                name.value(),
                "latest",
                "sha256:1",
                "localhost:5000/" + name + "@sha256:1",
                8080,
                Map.of(),
                List.of(),
                new App.Health(Optional.empty(), Duration.ofSeconds(10)),
                new App.Scaling(0, 1, Optional.empty(), Optional.empty()),
                new App.Resources(1000, 512L << 20),
                App.Update.START_FIRST,
                Map.of(),
                List.of(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }

    @Override
    public List<AppStatus> apps() {
        Stream<AppStatus> asleep = IntStream.range(1, routes)
                .mapToObj(i ->
                        new AppStatus(app(new AppName("asleep-" + i)), AppState.ASLEEP, List.of(), Optional.empty()));
        return Stream.concat(Stream.of(running()), asleep).toList();
    }

    @Override
    public Optional<AppStatus> find(AppName name) {
        return name.equals(APP) ? Optional.of(running()) : Optional.empty();
    }

    @Override
    public List<Endpoint> wake(AppName name, Duration timeout) {
        return List.of(origin);
    }

    @Override
    public Watch watch(Watcher watcher) {
        apps().forEach(watcher::changed);
        return () -> {};
    }

    @Override
    public String kind() {
        return "fixed";
    }

    @Override
    public Platform platform() {
        return new Platform("linux", "amd64");
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
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
    public void deploy(App app, AppSecrets secrets) {
        throw new UnsupportedOperationException("its apps are fixed");
    }

    @Override
    public void sleep(AppName name) {}

    @Override
    public void fail(App app, String reason) {}

    @Override
    public void remove(AppName name) {}

    @Override
    public void removeVolumes(AppName name) {}

    @Override
    public void removeImages(String repository, Set<String> kept) {}

    @Override
    public void followLog(AppName name, String instance, Optional<Instant> since, Consumer<LogLine> lines) {}

    @Override
    public void close() {}
}
