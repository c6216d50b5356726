package dev.rac.targets.kubernetes;

import static dev.rac.targets.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.AppState;
import dev.rac.targets.RecordingWatcher;
import dev.rac.targets.Target;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** How a connection is lost, found again, and ended. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesConnectionIT extends KubernetesFixture {
    @Test
    void aWatchTellsWhatChangedWhileTheLineWasCut() throws IOException {
        KubernetesSettings settings = cluster.settings(namespace);
        Config config = settings.cluster();
        var watcher = new RecordingWatcher();
        try (var relay = new ApiRelay(URI.create(config.getMasterUrl()))) {
            config.setMasterUrl(relay.url());
            try (Target behindRelay = KubernetesTarget.connect(settings)) {
                behindRelay.watch(watcher);
                deploy(app(name, images.web("one")));
                await().atMost(PATIENCE).until(() -> watcher.history(name).contains("ASLEEP"));

                relay.cut();
                assertThat(behindRelay.problem())
                        .hasValueSatisfying(problem -> assertThat(problem).contains("does not answer"));
                wake();
                relay.restore();

                await().atMost(PATIENCE)
                        .until(() -> watcher.history(name).getLast().equals("AWAKE"));
                assertThat(behindRelay.problem()).isEmpty();
                behindRelay.sleep(name);
                assertThat(state()).isEqualTo(AppState.ASLEEP);
            }
        }
    }

    @Test
    void closingEndsEveryThreadThatWouldKeepTheProcessAlive() {
        Set<Thread> before = lastingThreads();
        Target other = connect(namespace);
        other.watch(new RecordingWatcher());

        other.close();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lastingThreads()).isSubsetOf(before));
    }

    private static Set<Thread> lastingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .filter(thread -> !thread.getName().equals("awaitility-thread"))
                .collect(Collectors.toSet());
    }
}
