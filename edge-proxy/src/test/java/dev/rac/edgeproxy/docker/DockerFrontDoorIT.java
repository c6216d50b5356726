package dev.rac.edgeproxy.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rac.edgeproxy.TestApps;
import dev.rac.edgeproxy.TestDoor;
import dev.rac.targets.App;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.PullCredential;
import dev.rac.targets.Target;
import dev.rac.targets.Updates;
import dev.rac.targets.docker.DockerSettings;
import dev.rac.targets.docker.DockerTarget;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerFrontDoorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Each start adds a line to a file in a volume, which the server shows. */
    private static final String WEB = """
            B=/bin/busybox
            $B mkdir -p /www /data
            echo started >> /data/log
            $B ln -s /data/log /www/log
            echo hello > /www/index.html
            exec $B httpd -f -p %d -h /www
            """.formatted(ImageRegistry.PORT);

    private final String namespace = "rac-edge-" + UUID.randomUUID().toString().substring(0, 8);
    private ImageRegistry registry;
    private Path busybox;
    private Target target;
    private Optional<TestDoor> opened = Optional.empty();

    @BeforeAll
    void open() throws Exception {
        Optional<Path> program = Command.find("docker-registry", "registry");
        Optional<Path> shell = Command.find("busybox");
        assumeTrue(program.isPresent(), "neither docker-registry nor registry is installed");
        assumeTrue(shell.isPresent(), "busybox is not installed (it must be the static one)");
        assumeTrue(Command.find("docker").isPresent(), "the docker client is not installed");
        busybox = shell.orElseThrow();
        registry = new ImageRegistry(program.orElseThrow());
        target = DockerTarget.connect(DockerSettings.local(namespace, new Updates("localhost", Duration.ofSeconds(3))));
    }

    @AfterEach
    void removeApps() {
        opened.ifPresent(TestDoor::close);
        for (AppStatus status : target.apps()) {
            target.remove(status.app().name());
            target.removeVolumes(status.app().name());
        }
    }

    @AfterAll
    void close() {
        if (target != null) {
            target.close();
            registry.close();
            Command.run("docker", "network", "rm", namespace);
        }
    }

    @Test
    void fiftyRequestsAtOnceOnASleepingContainerMakeOneStart() throws Exception {
        App app = deploy("fifty", WEB);
        List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            requests.add(door().getLater("fifty", "/"));
        }

        assertThat(requests).allSatisfy(request -> {
            assertThat(request.join().statusCode()).isEqualTo(200);
            assertThat(request.join().body()).isEqualTo("hello\n");
        });
        assertThat(door().get("fifty", "/log").body()).isEqualTo("started\n");
        assertThat(target.find(app.name()).orElseThrow().state()).isEqualTo(AppState.AWAKE);
    }

    @Test
    void aContainerThatEndsAtOnceIsA502ThatSaysSoAndIsNotStartedAgainAtOnce() throws Exception {
        App app = deploy("crashing", "echo reading settings; echo no settings found >&2; exit 3\n");

        HttpResponse<String> first = door().get("crashing", "/");
        HttpResponse<String> second = door().get("crashing", "/");

        assertThat(first.statusCode()).isEqualTo(502);
        assertThat(first.body()).contains("GET /apps/" + app.repository()).doesNotContain("no settings found");
        assertThat(second.statusCode()).isEqualTo(502);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(target.find(app.name())).hasValueSatisfying(status -> {
                    assertThat(status.state()).isEqualTo(AppState.FAILED);
                    assertThat(status.failure().orElseThrow().exitCode()).contains(3);
                    assertThat(status.failure().orElseThrow().logLines()).contains("no settings found");
                }));
    }

    @Test
    void aContainerThatNeverListensIsStoppedAndSaysWhy() throws Exception {
        App app = deploy("silent", "echo never listening; exec /bin/busybox sleep 1000\n", Duration.ofSeconds(2));

        HttpResponse<String> response = door().get("silent", "/");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("it did not listen on port 8080 within 2 s");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(target.find(app.name()).flatMap(AppStatus::failure))
                        .hasValueSatisfying(
                                failure -> assertThat(failure.reason()).contains("did not listen")));
    }

    @Test
    void anIdleContainerSleepsAndWakesAgain() throws Exception {
        App app = deploy("idle", WEB);
        assertThat(door().get("idle", "/").statusCode()).isEqualTo(200);

        await().atMost(PATIENCE)
                .until(() -> target.find(app.name()).orElseThrow().state() == AppState.ASLEEP);

        assertThat(door().get("idle", "/").statusCode()).isEqualTo(200);
        assertThat(door().get("idle", "/log").body()).startsWith("started\nstarted\n");
    }

    @Test
    void aContainerKilledBehindOurBackIsReplacedForTheNextRequest() throws Exception {
        deploy("killed", WEB);
        assertThat(door().get("killed", "/").statusCode()).isEqualTo(200);

        Command.run("docker", "kill", namespace + "-killed");

        assertThat(door().get("killed", "/").statusCode()).isEqualTo(200);
    }

    private App deploy(String name, String script) throws Exception {
        return deploy(name, script, Duration.ofSeconds(20));
    }

    private App deploy(String name, String script, Duration healthTimeout) throws Exception {
        ImageRegistry.Image image = registry.image(busybox, script);
        App app = TestApps.withHealth(
                TestApps.withImage(TestApps.app(name), image.repository(), image.digest(), image.reference()),
                Optional.empty(),
                healthTimeout);
        target.deploy(app, AppSecrets.of(new PullCredential(registry.host(), "nobody", "nothing")));
        // Knows the app from its first moment.
        opened = Optional.of(TestDoor.before(target, Map.of("RAC_IDLE_TIMEOUT", "2s")));
        return app;
    }

    private TestDoor door() {
        return opened.orElseThrow();
    }
}
