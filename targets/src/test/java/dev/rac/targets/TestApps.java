package dev.rac.targets;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Apps for tests. */
public final class TestApps {
    /** The memory that {@link #app} grants, in bytes. */
    public static final long MEMORY_BYTES = 64L << 20;

    private TestApps() {}

    /** An app with every setting plain. */
    public static App app(AppName name, TestImages.TestImage image) {
        return new App(
                name,
                image.repository(),
                "latest",
                image.digest(),
                image.reference(),
                TestImages.PORT,
                Map.of(),
                List.of(),
                new App.Health(Optional.empty(), Duration.ofSeconds(30)),
                new App.Scaling(0, 1, Optional.empty(), Optional.empty()),
                new App.Resources(500, MEMORY_BYTES),
                App.Update.START_FIRST,
                Map.of("org.opencontainers.image.title", "a \"test\" image"),
                List.of(),
                Optional.of("alice"),
                Instant.parse("2026-11-22T03:04:05Z"),
                Optional.empty());
    }

    public static App withEnvironment(App app, Map<String, String> environment) {
        return with(app, environment, app.volumes(), app.resources());
    }

    public static App withVolumes(App app, String... volumes) {
        return with(app, app.environment(), List.of(volumes), app.resources());
    }

    public static App withResources(App app, App.Resources resources) {
        return with(app, app.environment(), app.volumes(), resources);
    }

    public static App withHealth(App app, Duration timeout) {
        return with(
                app,
                app.environment(),
                app.volumes(),
                app.resources(),
                new App.Health(Optional.empty(), timeout),
                app.settings());
    }

    public static App withSettings(App app, String settings) {
        return with(app, app.environment(), app.volumes(), app.resources(), app.health(), Optional.of(settings));
    }

    /** The same app at another image. */
    public static App withImage(App app, TestImages.TestImage image) {
        App other = app(app.name(), image);
        return with(other, app.environment(), app.volumes(), app.resources());
    }

    /** The same revision, pushed again by somebody else. */
    public static App pushedLater(App app) {
        return new App(
                app.name(),
                app.repository(),
                app.tag(),
                app.digest(),
                app.image(),
                app.port(),
                app.environment(),
                app.volumes(),
                app.health(),
                app.scaling(),
                app.resources(),
                app.update(),
                app.description(),
                app.warnings(),
                Optional.of("bob"),
                app.pushedAt().plusSeconds(60),
                app.settings());
    }

    private static App with(App app, Map<String, String> environment, List<String> volumes, App.Resources resources) {
        return with(app, environment, volumes, resources, app.health(), app.settings());
    }

    private static App with(
            App app,
            Map<String, String> environment,
            List<String> volumes,
            App.Resources resources,
            App.Health health,
            Optional<String> settings) {
        return new App(
                app.name(),
                app.repository(),
                app.tag(),
                app.digest(),
                app.image(),
                app.port(),
                environment,
                volumes,
                health,
                app.scaling(),
                resources,
                volumes.isEmpty() ? App.Update.START_FIRST : App.Update.STOP_FIRST,
                app.description(),
                app.warnings(),
                app.pushedBy(),
                app.pushedAt(),
                settings);
    }
}
