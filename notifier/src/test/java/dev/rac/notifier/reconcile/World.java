package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.Known;
import dev.rac.notifier.deploy.Recorded;
import dev.rac.notifier.deploy.Removal;
import dev.rac.notifier.event.Push;
import dev.rac.notifier.image.TagOrder;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What registry, records and target hold of the repository {@code hello}; seconds count from noon. */
final class World {
    static final String REPOSITORY = "hello";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final Map<String, Tagged> registry = new TreeMap<>(TagOrder.OLDEST_FIRST);
    final Map<String, Recorded> pushes = new HashMap<>();
    final Map<AppName, Recorded> deployed = new HashMap<>();
    final Map<String, Removal> removals = new HashMap<>();
    final Set<String> pending = new HashSet<>();
    final List<App> apps = new ArrayList<>();

    static Instant second(long second) {
        return NOON.plusSeconds(second);
    }

    /** A digest for each letter. */
    static String digest(String letter) {
        return "sha256:" + letter.repeat(64);
    }

    static AppName name(String tag) {
        return new AppName(tag.equals("latest") ? REPOSITORY : tag.replace('.', '-') + "--" + REPOSITORY);
    }

    /** The app of a repository of that name. */
    static App app(String repository, String letter) {
        return app(new AppName(repository), repository, "latest", digest(letter), NOON);
    }

    static App app(AppName name, String tag, String digest, Instant pushedAt) {
        return app(name, REPOSITORY, tag, digest, pushedAt);
    }

    private static App app(AppName name, String repository, String tag, String digest, Instant pushedAt) {
        return new App(
                name,
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
                Optional.of("alice"),
                pushedAt,
                Optional.empty());
    }

    /** The registry has an image under a tag. */
    World registry(String tag, String letter) {
        registry.put(tag, new Tagged(tag, digest(letter), Set.of(digest(letter))));
        return this;
    }

    /** The target has an app of a tag, pushed at a second. */
    World app(String tag, String letter, long second) {
        apps.add(app(name(tag), tag, digest(letter), second(second)));
        return this;
    }

    /** A push is recorded, which did not become an app. */
    World push(String tag, String letter, long second) {
        pushes.put(tag, recorded(tag, letter, second, Optional.empty()));
        return this;
    }

    /** A push is recorded, which was deployed. */
    World deployed(String tag, String letter, long second) {
        var recorded = recorded(tag, letter, second, Optional.of(name(tag)));
        pushes.put(tag, recorded);
        deployed.put(name(tag), recorded);
        return this;
    }

    /** What was last pushed under a tag, as deployed under another name. */
    Recorded ofApp(String name, String tag) {
        Recorded recorded = Objects.requireNonNull(pushes.get(tag));
        return new Recorded(recorded.push(), Optional.of(new AppName(name)), recorded.at());
    }

    /** A removal is recorded. */
    World removal(String tag, Optional<String> letter, long second) {
        removals.put(tag, new Removal(tag, letter.map(found -> found.isEmpty() ? "" : digest(found)), second(second)));
        return this;
    }

    World pending(String tag) {
        pending.add(tag);
        return this;
    }

    Look look(long second) {
        return new Look(REPOSITORY, registry.keySet(), List.copyOf(registry.values()), second(second));
    }

    Known known() {
        return new Known(pushes, List.copyOf(deployed.values()), removals, pending);
    }

    /** What is to be done, looked at at a second. */
    List<Mend> mends(long second) {
        return Comparison.of(look(second), known(), apps);
    }

    private static Recorded recorded(String tag, String letter, long second, Optional<AppName> app) {
        String id = "event " + tag + "@" + letter + " " + second;
        var push = new Push(id, REPOSITORY, tag, digest(letter), Optional.of("alice"), second(second));
        return new Recorded(push, app, second(second).plusMillis(500));
    }
}
