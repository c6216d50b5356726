package dev.rac.targets.docker;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withEnvironment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.App;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** That several threads of several processes may change one app at once, and leave one app behind. */
final class DockerConcurrencyIT extends DockerFixture {
    private static final int PROCESSES = 2;
    private static final int THREADS_EACH = 2;
    private static final int CHANGES_EACH = 8;
    private static final long SEED = 20261122;

    @Test
    void changesFromManySidesLeaveOneContainer() throws Exception {
        App app = deploy(app(name, images.web("one")));
        List<Target> targets = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            targets.add(connect(namespace));
        }
        List<String> refusals = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> results = new ArrayList<>();
            for (int thread = 0; thread < PROCESSES * THREADS_EACH; thread++) {
                Target one = targets.get(thread % PROCESSES);
                var random = new Random(SEED + thread);
                results.add(threads.submit(() -> change(one, app, random)));
            }
            for (Future<List<String>> result : results) {
                refusals.addAll(result.get());
            }
        } finally {
            targets.forEach(Target::close);
        }

        // Another process may take the container away from a wake; nothing else may fail.
        assertThat(refusals).allMatch(refusal -> refusal.startsWith("wake: "));
        target.sleep(name);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        // The last one that ran may still be ending.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(containers()).containsExactly(container()));
        assertThat(get(wake(), "/")).isEqualTo("one");
    }

    private List<String> change(Target one, App app, Random random) {
        List<String> refusals = new ArrayList<>();
        for (int change = 0; change < CHANGES_EACH; change++) {
            switch (random.nextInt(4)) {
                case 0 -> one.sleep(name);
                case 1 -> one.fail(app, "no reason");
                case 2 ->
                    one.deploy(
                            withEnvironment(app, Map.of("REVISION", "" + random.nextInt())),
                            AppSecrets.of(registry.credential()));
                default -> {
                    try {
                        one.wake(name, PATIENCE);
                    } catch (TargetException e) {
                        refusals.add("wake: " + e.getMessage());
                    }
                }
            }
        }
        return refusals;
    }
}
