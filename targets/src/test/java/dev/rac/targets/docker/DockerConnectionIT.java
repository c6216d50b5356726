package dev.rac.targets.docker;

import static dev.rac.targets.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.AppName;
import dev.rac.targets.RecordingWatcher;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What happens when the engine does not answer, or no longer. */
final class DockerConnectionIT extends DockerFixture {
    @Test
    void anEngineThatIsNotThereIsSaidInOneLineThatSaysWhatToDo() {
        var nowhere = new DockerSettings(namespace, URI.create("unix:///nowhere/docker.sock"), UPDATES);
        assertThatThrownBy(() -> DockerTarget.connect(nowhere))
                .isInstanceOf(TargetException.class)
                .hasMessage("no Docker Engine answers at unix:///nowhere/docker.sock (No such file or directory): "
                        + "start it, let this user reach it, or set DOCKER_HOST");
    }

    @Test
    void aWatchSurvivesTheLossOfTheConnectionAndIsToldWhatDiffers() throws IOException {
        var watcher = new RecordingWatcher();
        var second = new AppName(name + "-2");
        deploy(app(name, images.web("one")));
        deploy(app(second, images.web("one")));
        try (var relay = new EngineRelay(DockerCli.settings(namespace).engine());
                Target relayed = DockerTarget.connect(new DockerSettings(namespace, relay.address(), UPDATES))) {
            relayed.watch(watcher);
            wake();
            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals("AWAKE"));

            relay.cut();
            assertThat(relayed.problem())
                    .hasValueSatisfying(problem ->
                            assertThat(problem).contains(relay.address().toString()));
            target.sleep(name);
            target.remove(second);
            relay.restore();

            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals("ASLEEP"));
            await().atMost(PATIENCE)
                    .until(() -> watcher.history(second).getLast().equals(RecordingWatcher.REMOVED));
            assertThat(relayed.problem()).isEmpty();
            // And the stream is followed again.
            relayed.wake(name, PATIENCE);
            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals("AWAKE"));
        }
        assertThat(watcher.overlapped()).isFalse();
    }

    @Test
    void anEngineThatHangsDoesNotHoldAWakeLongerThanAsked() throws IOException {
        deploy(app(name, images.web("one")));
        try (var relay = new EngineRelay(DockerCli.settings(namespace).engine());
                Target relayed = DockerTarget.connect(new DockerSettings(namespace, relay.address(), UPDATES))) {
            relay.stall();

            assertThatThrownBy(() -> relayed.wake(name, Duration.ofMillis(300)))
                    .isInstanceOf(TargetException.class)
                    .hasMessage("waking " + name + " took longer than 300 ms");
            // It holds no lock either.
            assertThatThrownBy(() -> relayed.wake(name, Duration.ofMillis(300))).isInstanceOf(TargetException.class);
        }
    }

    @Test
    void noThreadThatKeepsTheProcessAliveIsLeftAfterClose() {
        Set<Thread> before = threadsThatKeepAlive();
        try (Target other = connect(namespace)) {
            other.watch(new RecordingWatcher());
            deploy(app(name, images.web("one")));
            other.wake(name, PATIENCE);
        }
        await().pollInSameThread()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(threadsThatKeepAlive()).isSubsetOf(before));
    }

    private static Set<Thread> threadsThatKeepAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
