package dev.rac.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.notifier.deploy.Recorded;
import dev.rac.notifier.deploy.Removal;
import dev.rac.notifier.event.Push;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever registry, records and target hold, one round makes them agree, and the next one finds nothing to do. */
class ConvergenceTest {
    private static final int WORLDS = 20_000;
    private static final List<String> TAGS = List.of("latest", "main", "v1.0.0", "v2.0.0");
    private static final List<String> LETTERS = List.of("a", "b", "c");

    @Test
    void oneRoundIsEnough() {
        for (int seed = 0; seed < WORLDS; seed++) {
            World world = world(new Random(seed));
            List<Mend> first = world.mends(100);

            first.forEach(mend -> mend(world, mend));

            assertThat(world.mends(101)).as("seed %d after %s", seed, first).isEmpty();
        }
    }

    @Test
    void whatTheRegistryHasRunsUnlessItWasRemovedOrRolledBackOrDidNotDeploy() {
        for (int seed = 0; seed < WORLDS; seed++) {
            World world = world(new Random(seed));
            Map<String, Recorded> before = Map.copyOf(world.pushes);
            world.mends(100).forEach(mend -> mend(world, mend));

            for (Tagged image : world.registry.values()) {
                boolean excused = world.known().removal(image.tag()).isPresent()
                        || world.pending.contains(image.tag())
                        || Optional.ofNullable(before.get(image.tag()))
                                .filter(recorded -> recorded.push().digest().equals(image.digest()))
                                .isPresent();
                boolean runs = world.apps.stream()
                        .anyMatch(app ->
                                app.tag().equals(image.tag()) && app.digest().equals(image.digest()));
                assertThat(runs || excused).as("seed %d: %s", seed, image).isTrue();
            }
        }
    }

    @Test
    void noAppIsTouchedThatRunsWhatTheRegistryHas() {
        for (int seed = 0; seed < WORLDS; seed++) {
            World world = world(new Random(seed));
            List<App> right = world.apps.stream()
                    .filter(app -> Optional.ofNullable(world.registry.get(app.tag()))
                            .filter(image -> image.digest().equals(app.digest()))
                            .isPresent())
                    .toList();
            world.mends(100).forEach(mend -> mend(world, mend));

            assertThat(world.apps).as("seed %d", seed).containsAll(right);
        }
    }

    private static World world(Random random) {
        var world = new World();
        for (String tag : TAGS) {
            if (random.nextInt(4) > 0) {
                world.registry(tag, letter(random));
            }
            long second = random.nextInt(50);
            switch (random.nextInt(5)) {
                case 0 -> world.push(tag, letter(random), second);
                case 1 -> world.deployed(tag, letter(random), second);
                case 2 -> {
                    String letter = letter(random);
                    world.deployed(tag, letter, second).app(tag, letter, second);
                }
                case 3 -> world.app(tag, letter(random), second);
                default -> {}
            }
            if (random.nextInt(6) == 0) {
                world.removal(tag, random.nextBoolean() ? Optional.of(letter(random)) : Optional.empty(), 60);
            }
            if (random.nextInt(10) == 0) {
                world.pending(tag);
            }
        }
        if (random.nextInt(8) == 0) {
            world.removal(Removal.ANY_TAG, Optional.empty(), 60);
        }
        return world;
    }

    private static String letter(Random random) {
        return LETTERS.get(random.nextInt(LETTERS.size()));
    }

    // As the workers and the mender do it, for images that release under latest and make previews else.
    private static void mend(World world, Mend mend) {
        switch (mend) {
            case Mend.Missed(Push push) -> deploy(world, push);
            case Mend.Gone(Push push) -> deploy(world, push);
            case Mend.Adopt(Push push, App app) -> record(world, push, Optional.of(app.name()));
            case Mend.Complete(String _, Map<String, String> digests) -> {
                digests.forEach((tag, digest) ->
                        world.removals.put(tag, new Removal(tag, Optional.of(digest), World.second(60))));
                world.removals.remove(Removal.ANY_TAG);
            }
            case Mend.Orphan(App app) -> throw new IllegalStateException("no comparison removes " + app);
        }
    }

    private static void deploy(World world, Push push) {
        AppName name = World.name(push.tag());
        boolean newer = world.apps.stream()
                .anyMatch(app -> app.name().equals(name) && app.pushedAt().isAfter(push.pushedAt()));
        if (newer) {
            record(world, push, Optional.empty());
            return;
        }
        world.apps.removeIf(app -> app.name().equals(name));
        world.apps.add(World.app(name, push.tag(), push.digest(), push.pushedAt()));
        record(world, push, Optional.of(name));
    }

    private static void record(World world, Push push, Optional<AppName> app) {
        var recorded = new Recorded(push, app, World.second(90));
        world.pushes.merge(
                push.tag(),
                recorded,
                (last, next) -> next.push().pushedAt().isBefore(last.push().pushedAt()) ? last : next);
        app.ifPresent(name -> world.deployed.put(name, recorded));
    }
}
