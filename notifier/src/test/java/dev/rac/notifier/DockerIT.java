package dev.rac.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rac.notifier.deploy.Backoff;
import dev.rac.notifier.image.ResourceLimits;
import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.http.TrustedProxies;
import dev.rac.service.json.Json;
import dev.rac.service.metrics.Metrics;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Updates;
import dev.rac.targets.docker.DockerSettings;
import dev.rac.targets.docker.DockerTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From the real docker client's push to a container on the real engine. */
class DockerIT {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    @TempDir
    Path directory;

    private final String namespace = "notifier-" + UUID.randomUUID().toString().substring(0, 8);
    private final HttpClient client = HttpClient.newHttpClient();
    private TokenServer tokens;
    private RegistryProcess registry;
    private DockerTarget target;
    private Notifier notifier;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(RegistryProcess.isInstalled(), "needs Debian's docker-registry");
        assumeTrue(Files.isExecutable(BUSYBOX), "needs Debian's busybox-static");
        assumeTrue(docker("version").isPresent(), "needs a Docker Engine and its client");
        tokens = TokenServer.start(directory);
        target = DockerTarget.connect(DockerSettings.local(namespace, new Updates("localhost", Duration.ofSeconds(3))));
        int registryPort = RegistryProcess.freePort();
        String registryHost = "127.0.0.1:" + registryPort;
        notifier = Notifier.start(
                new NotifierSettings(
                        "127.0.0.1",
                        0,
                        TokenServer.SERVICE,
                        URI.create("http://localhost:8080"),
                        URI.create("http://" + registryHost),
                        registryHost,
                        tokens.uri(),
                        TokenServer.SECRET,
                        "notification-secret",
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.empty(),
                        ResourceLimits.DEFAULT,
                        directory.resolve("notifier"),
                        TrustedProxies.LOOPBACK,
                        DatabaseSettings.embedded(directory.resolve("notifier"))),
                target,
                new Metrics(),
                Clock.systemUTC(),
                new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1)));
        registry = RegistryProcess.start(
                directory, registryPort, tokens, notifier.uri().resolve("/notifications"), "notification-secret");
    }

    @AfterEach
    void stop() throws IOException {
        if (notifier == null) {
            return;
        }
        // First, for it brings back what is removed behind its back.
        notifier.close();
        target.apps().stream().map(status -> status.app().name()).forEach(name -> {
            target.remove(name);
            target.removeVolumes(name);
        });
        target.close();
        registry.close();
        tokens.close();
        client.close();
        docker("network", "rm", namespace);
        for (String image : docker("images", "-q", registry.host() + "/alice/hello")
                .orElse("")
                .lines()
                .toList()) {
            docker("rmi", "-f", image);
        }
    }

    @Test
    void whatTheDockerClientPushesRunsOnTheEngine() throws Exception {
        push("one");

        JsonNode app = awaitPush("deployed");
        assertThat(app.path("name").asString()).isEqualTo("alice-hello");
        assertThat(app.path("state").asString()).isEqualTo("asleep");
        assertThat(answer()).isEqualTo("one");

        push("two");
        String old = app.path("digest").asString();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !app().path("digest").asString().equals(old));
        awaitPush("deployed");
        assertThat(answer()).isEqualTo("two");

        registry.push("alice/hello", "latest", TestImages.config("linux", "arm64", Map.of()));
        JsonNode failed = awaitPush("failed");
        assertThat(failed.path("last_push").path("reason").asString()).contains("linux/arm64");
        assertThat(answer()).isEqualTo("two");
    }

    @Test
    void aContainerThatIsRemovedByHandComesBackAsleep() throws Exception {
        push("one");
        awaitPush("deployed");
        assertThat(answer()).isEqualTo("one");
        String container = docker("ps", "-aq", "--filter", "name=" + namespace + "-alice-hello")
                .orElseThrow()
                .strip();
        assertThat(container).hasSize(12);

        assertThat(docker("rm", "-f", container)).isPresent();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> target.find(new AppName("alice-hello")).isPresent());
        assertThat(app().path("state").asString()).isEqualTo("asleep");
        assertThat(answer()).isEqualTo("one");
    }

    @Test
    void aRollbackRunsTheImageOfBefore() throws Exception {
        push("one");
        String one = awaitPush("deployed").path("digest").asString();
        push("two");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !app().path("digest").asString().equals(one));
        awaitPush("deployed");
        assertThat(answer()).isEqualTo("two");

        var rollback = HttpRequest.newBuilder(notifier.uri().resolve("/apps/alice/hello/-/rollback"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(rollback, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(202);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> app().path("digest").asString().equals(one));
        assertThat(answer()).isEqualTo("one");
    }

    private String answer() throws IOException, InterruptedException {
        App app = target.find(new AppName("alice-hello")).map(AppStatus::app).orElseThrow();
        Endpoint endpoint = target.wake(app.name(), app.health().timeout()).getFirst();
        URI uri = URI.create("http://" + endpoint.host() + ":" + endpoint.port() + "/");
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> get(uri).statusCode() == 200);
        return get(uri).body();
    }

    private JsonNode awaitPush(String state) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(app().path("last_push").path("state").asString(""))
                                .isEqualTo(state));
        return app();
    }

    private JsonNode app() {
        try {
            return Json.MAPPER.readTree(
                    get(notifier.uri().resolve("/apps/alice/hello")).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    // A file system that holds busybox and a page.
    private void push(String page) throws IOException {
        Path root = Files.createDirectories(directory.resolve("root"));
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("www"));
        Files.write(root.resolve("bin/busybox"), Files.readAllBytes(BUSYBOX));
        assertThat(root.resolve("bin/busybox").toFile().setExecutable(true)).isTrue();
        Files.writeString(root.resolve("www/index.html"), page);
        Path tar = directory.resolve("root.tar");
        assertThat(run("tar", "-C", root.toString(), "-cf", tar.toString(), "."))
                .isPresent();
        String image = registry.host() + "/alice/hello";
        assertThat(docker(
                        "import",
                        "--change",
                        "CMD [\"/bin/busybox\", \"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]",
                        "--change",
                        "EXPOSE 8000",
                        tar.toString(),
                        image))
                .isPresent();
        assertThat(docker("push", image)).isPresent();
    }

    private Optional<String> docker(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** What a program printed; empty if it failed or is not there. */
    private static Optional<String> run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(output)
                    : Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
