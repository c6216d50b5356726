package dev.rac.edgeproxy;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Apps for tests. */
public final class TestApps {
    private TestApps() {}

    /** An app with every setting plain. */
    public static App app(String name) {
        return new App(
                new AppName(name),
                "alice/" + name,
                "latest",
                "sha256:1",
                "localhost:5000/alice/" + name + "@sha256:1",
                8080,
                Map.of(),
                List.of(),
                new App.Health(Optional.empty(), Duration.ofSeconds(10)),
                new App.Scaling(0, 1, Optional.empty(), Optional.empty()),
                new App.Resources(500, 64L << 20),
                App.Update.START_FIRST,
                Map.of(),
                List.of(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }

    public static App withDigest(App app, String digest) {
        return with(app, digest, app.health(), app.scaling());
    }

    /** The same app at a real image, with a volume at {@code /data}. */
    public static App withImage(App app, String repository, String digest, String reference) {
        return new App(
                app.name(),
                repository,
                app.tag(),
                digest,
                reference,
                app.port(),
                app.environment(),
                List.of("/data"),
                app.health(),
                app.scaling(),
                app.resources(),
                App.Update.STOP_FIRST,
                app.description(),
                app.warnings(),
                app.pushedBy(),
                app.pushedAt(),
                app.settings());
    }

    public static App withHealth(App app, Optional<String> path, Duration timeout) {
        return with(app, app.digest(), new App.Health(path, timeout), app.scaling());
    }

    public static App withIdle(App app, Duration idle) {
        return with(app, app.digest(), app.health(), new App.Scaling(0, 1, Optional.empty(), Optional.of(idle)));
    }

    /** The same app, whose instances take so many requests at once. */
    public static App withConcurrency(App app, int concurrency) {
        return with(
                app,
                app.digest(),
                app.health(),
                new App.Scaling(0, 1, Optional.of(concurrency), app.scaling().idleTimeout()));
    }

    /** The same app, of which one instance always stays awake. */
    public static App alwaysAwake(App app) {
        return with(
                app,
                app.digest(),
                app.health(),
                new App.Scaling(1, 1, Optional.empty(), app.scaling().idleTimeout()));
    }

    private static App with(App app, String digest, App.Health health, App.Scaling scaling) {
        return new App(
                app.name(),
                app.repository(),
                app.tag(),
                digest,
                app.image(),
                app.port(),
                app.environment(),
                app.volumes(),
                health,
                scaling,
                app.resources(),
                app.update(),
                app.description(),
                app.warnings(),
                app.pushedBy(),
                app.pushedAt(),
                app.settings());
    }
}
