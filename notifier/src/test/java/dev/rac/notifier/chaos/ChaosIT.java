package dev.rac.notifier.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rac.notifier.RegistryProcess;
import dev.rac.targets.AppName;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes of many apps while the notifier and the registry are killed and the line to the engine is cut, at random. The
 * log names the seed; {@code -Drac.chaos.seed=…} repeats it, as far as the machine does.
 */
class ChaosIT {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosIT.class);
    private static final int APPS = 100;
    private static final int RUNNING = 8;
    private static final int PUSHES = 90;
    private static final Duration CALM = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final String namespace = "chaos-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whateverIsKilledEveryAppEndsAtTheLastDigestPushedOnceAndNothingForeignIsTouched() throws Exception {
        assumeTrue(RegistryProcess.isInstalled(), "needs Debian's docker-registry");
        assumeTrue(Busybox.isInstalled(), "needs Debian's busybox-static");
        assumeTrue(DockerCommand.works(), "needs a Docker Engine and its client");
        long seed = Long.getLong("rac.chaos.seed", new Random().nextLong());
        LOG.info("chaos of seed {}", seed);
        var random = new Random(seed);
        try (var foreign = new ForeignObjects(namespace);
                var stage = new Stage(directory, namespace)) {
            Target target = stage.target();
            Map<String, String> last = pushAll(stage);
            awaitAll(target, last);
            for (int i = 0; i < RUNNING; i++) {
                target.wake(new AppName(app(i)), CALM);
            }

            try (var threads = Executors.newSingleThreadExecutor()) {
                Future<Map<String, String>> pushes = threads.submit(() -> pushAtRandom(stage, new Random(seed)));
                while (!pushes.isDone()) {
                    stage.breakSomething(random);
                }
                last.putAll(pushes.get());
            }
            stage.calm();

            awaitAll(target, last);
            await().atMost(CALM).untilAsserted(() -> {
                assertThat(DockerCommand.containers(namespace))
                        .hasSize(APPS)
                        .allSatisfy(name -> assertThat(name).matches(namespace + "-app-[0-9]+"));
            });
            for (int i = 0; i < RUNNING; i++) {
                assertThat(target.find(new AppName(app(i))).map(AppStatus::state))
                        .contains(AppState.AWAKE);
            }
            assertThat(DockerCommand.running(namespace)).hasSize(RUNNING);
            foreign.assertUntouched();
        }
    }

    /** Every app once, so that each begins at a digest of its own. */
    private static Map<String, String> pushAll(Stage stage) throws Exception {
        var last = new HashMap<String, String>();
        for (int i = 0; i < APPS; i++) {
            last.put(app(i), stage.push(app(i), "first"));
        }
        return last;
    }

    /** Those that run several times, the others at random. */
    private static Map<String, String> pushAtRandom(Stage stage, Random random) throws Exception {
        List<Integer> turns = new ArrayList<>();
        IntStream.range(0, PUSHES - 3 * RUNNING).forEach(turn -> turns.add(random.nextInt(APPS)));
        IntStream.range(0, 3 * RUNNING).forEach(turn -> turns.add(turn % RUNNING));
        Collections.shuffle(turns, random);
        var last = new HashMap<String, String>();
        for (int turn = 0; turn < turns.size(); turn++) {
            String app = app(turns.get(turn));
            last.put(app, stage.push(app, "turn " + turn));
            Thread.sleep(random.nextInt(200));
        }
        return last;
    }

    private static void awaitAll(Target target, Map<String, String> digests) {
        await().atMost(CALM).ignoreExceptions().untilAsserted(() -> {
            var deployed = new HashMap<String, String>();
            target.apps()
                    .forEach(status -> deployed.put(
                            status.app().name().value(), status.app().digest()));
            assertThat(deployed).isEqualTo(digests);
        });
    }

    private static String app(int number) {
        return "app-" + number;
    }
}
