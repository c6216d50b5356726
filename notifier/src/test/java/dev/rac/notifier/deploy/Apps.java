package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pushes and apps for tests. */
final class Apps {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String DIGEST = "sha256:" + "ab".repeat(32);

    private Apps() {}

    /** A push that many seconds after noon. */
    static Push push(String repository, String tag, long second) {
        String id = repository + ":" + tag + "#" + second;
        return new Push(id, repository, tag, DIGEST, Optional.of("alice"), NOON.plusSeconds(second));
    }

    /** A rollback that many seconds after noon. */
    static Push rollback(String repository, String tag, String digest, long second) {
        return Push.rollback(repository, tag, digest, Optional.of("bob"), NOON.plusSeconds(second));
    }

    static App app(String name, String repository, String tag, long second) {
        return app(name, repository, tag, DIGEST, second);
    }

    static App app(String name, String repository, String tag, String digest, long second) {
        return new App(
                new AppName(name),
                repository,
                tag,
                digest,
                "localhost:8080/" + repository + "@" + digest,
                80,
                Map.of(),
                List.of(),
                new App.Health(Optional.empty(), Duration.ofSeconds(60)),
                new App.Scaling(0, 1, Optional.empty(), Optional.empty()),
                new App.Resources(1000, 512L << 20),
                App.Update.START_FIRST,
                Map.of(),
                List.of(),
                Optional.empty(),
                NOON.plusSeconds(second),
                Optional.empty());
    }
}
