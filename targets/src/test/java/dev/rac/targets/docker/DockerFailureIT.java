package dev.rac.targets.docker;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withImage;
import static dev.rac.targets.TestApps.withVolumes;
import static dev.rac.targets.docker.DockerCli.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.Endpoint;
import dev.rac.targets.PullCredential;
import dev.rac.targets.TargetException;
import dev.rac.targets.TestImages.TestImage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Apps and images that do not do as they should, on an engine. */
final class DockerFailureIT extends DockerFixture {
    private static final String DIGEST = "sha256:" + "1".repeat(64);

    @Test
    void aRevisionThatCannotBePulledLeavesTheLastOneAsItWas() {
        App one = deploy(app(name, images.web("one")));
        Endpoint endpoint = wake();

        assertThatThrownBy(() -> deploy(withImage(one, images.missing())))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("manifest unknown");
        assertThatThrownBy(() ->
                        target.deploy(withImage(one, images.web("refused")), AppSecrets.of(registry.wrongCredential())))
                .isInstanceOf(TargetException.class);

        assertThat(target.find(name).orElseThrow().app()).isEqualTo(one);
        assertThat(state()).isEqualTo(AppState.AWAKE);
        assertThat(wake()).isEqualTo(endpoint);
        assertThat(containers()).containsExactly(container());
    }

    @Test
    void anImageThatTheEngineHasIsNotPulledAgain() {
        App app = deploy(app(name, images.web("one")));
        target.remove(name);

        target.deploy(app, AppSecrets.of(registry.wrongCredential()));

        assertThat(get(wake(), "/")).isEqualTo("one");
    }

    @Test
    void anAppThatEndsAtOnceIsStartedOnce() {
        App app = deploy(withVolumes(app(name, images.crashing()), "/data"));
        try {
            target.wake(name, PATIENCE);
        } catch (AppFailedException e) {
            assertThat(e).hasMessageContaining("it ended with exit status 3");
        }
        await().atMost(PATIENCE).until(() -> state() == AppState.FAILED);
        target.fail(app, "it ended");

        deploy(withImage(app, images.web("one")));
        assertThat(get(wake(), "/log").lines()).containsExactly("started", "started");
    }

    @Test
    void anAppThatUsesTooMuchMemoryIsSaidToHaveDoneSo() {
        deploy(app(name, images.image("greedy", "echo eating; x=x; while true; do x=$x$x$x$x; done\n")));
        try {
            target.wake(name, PATIENCE);
        } catch (AppFailedException e) {
            assertThat(e).hasMessageContaining("memory");
        }
        await().atMost(PATIENCE).until(() -> state() == AppState.FAILED);
        assertThat(target.find(name).orElseThrow().failure().orElseThrow().reason())
                .startsWith("it was killed ")
                .endsWith("for using more than its 64 MiB of memory");
    }

    @Test
    void anAppThatTheEngineCannotStartFails() {
        App app = deploy(app(name, images.unstartable()));

        assertThatThrownBy(() -> target.wake(name, PATIENCE))
                .isInstanceOf(AppFailedException.class)
                .hasMessageContaining("it cannot be started")
                .hasMessageContaining("/no-such-program");
        assertThat(state()).isEqualTo(AppState.FAILED);

        target.fail(app, "the engine refused");
        assertThat(target.find(name).orElseThrow().failure().orElseThrow().reason())
                .isEqualTo("the engine refused");
        target.sleep(name);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
    }

    @Test
    void aPullThatHangsHoldsUpNoOtherApp() throws Exception {
        deploy(app(name, images.web("one")));
        var slow = new AppName(name + "-slow");
        CompletableFuture<Void> pull;
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String host = "localhost:" + silent.getLocalPort();
            var image = new TestImage("rac-test/slow", DIGEST, host + "/rac-test/slow@" + DIGEST);
            var credential = new PullCredential(host, "user", "password");
            pull = CompletableFuture.runAsync(
                    () -> target.deploy(app(slow, image), AppSecrets.of(credential)), Thread::startVirtualThread);
            // The engine asks, and is not answered.
            Socket asked = silent.accept();
            try (asked) {
                assertThat(get(wake(), "/")).isEqualTo("one");
                target.sleep(name);
                assertThat(pull).isNotDone();
            }
        }
        assertThat(pull)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(TargetException.class)
                .withMessageContaining("cannot pull localhost");
        assertThat(target.find(slow)).isEmpty();
    }

    @Test
    void appsDoNotReachEachOther() {
        deploy(app(name, images.web("one")));
        Endpoint endpoint = wake();
        assertThat(get(endpoint, "/")).isEqualTo("one");
        var neighbour = new AppName(name + "-2");
        deploy(app(neighbour, images.web("two")));
        Endpoint other = target.wake(neighbour, PATIENCE).getFirst();
        assertThat(get(other, "/")).isEqualTo("two");

        assertThat(fetchFrom(other, "127.0.0.1")).contains("two");
        assertThat(fetchFrom(other, endpoint.host())).contains("refused").doesNotContain("one");
        target.remove(neighbour);
    }

    @Test
    void theEngineEnforcesTheLimits() {
        deploy(app(name, images.web("one")));
        wake();
        assertThat(docker(
                        "inspect",
                        "-f",
                        "{{with .HostConfig}}{{.PidsLimit}} {{.NanoCpus}} {{.Memory}} {{.MemorySwap}} {{.Privileged}}"
                                + " '{{.RestartPolicy.Name}}' {{.LogConfig.Type}} {{index .LogConfig.Config \"max-size\"}}"
                                + " {{index .LogConfig.Config \"max-file\"}}{{end}}",
                        container()))
                .isEqualTo("512 500000000 67108864 67108864 false '' json-file 1m 2");
    }

    private static String fetchFrom(Endpoint container, String host) {
        String fetch =
                "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | /bin/busybox nc -w 2 %s 8080 || echo refused".formatted(host);
        return docker("exec", container.instance(), "/bin/busybox", "sh", "-c", fetch);
    }
}
