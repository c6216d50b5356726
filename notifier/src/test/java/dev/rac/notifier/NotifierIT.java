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
import dev.rac.targets.AppName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The notifier behind the real registry, which tells it of real pushes. */
class NotifierIT {
    private static final Map<String, ?> NO_CONFIG = Map.of();

    @TempDir
    Path directory;

    private final MemoryTarget target = new MemoryTarget();
    private final HttpClient client = HttpClient.newHttpClient();
    private TokenServer tokens;
    private RegistryProcess registry;
    private Notifier notifier;
    private int registryPort;
    private int notifierPort;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(RegistryProcess.isInstalled(), "needs Debian's docker-registry");
        tokens = TokenServer.start(directory);
        registryPort = RegistryProcess.freePort();
        notifierPort = RegistryProcess.freePort();
        notifier = startNotifier();
        registry = startRegistry();
    }

    @AfterEach
    void stop() {
        if (notifier != null) {
            notifier.close();
            registry.close();
            tokens.close();
        }
        client.close();
    }

    private Notifier startNotifier() {
        var settings = new NotifierSettings(
                "127.0.0.1",
                notifierPort,
                TokenServer.SERVICE,
                URI.create("http://localhost:8080"),
                URI.create("http://127.0.0.1:" + registryPort),
                "127.0.0.1:" + registryPort,
                tokens.uri(),
                TokenServer.SECRET,
                "notification-secret",
                Optional.empty(),
                Optional.empty(),
                ResourceLimits.DEFAULT,
                directory.resolve("notifier"),
                TrustedProxies.LOOPBACK,
                DatabaseSettings.embedded(directory.resolve("notifier")));
        return Notifier.start(
                settings,
                target,
                new Metrics(),
                Clock.systemUTC(),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)));
    }

    private RegistryProcess startRegistry() throws IOException {
        URI notifications = URI.create("http://127.0.0.1:" + notifierPort + "/notifications");
        return RegistryProcess.start(directory, registryPort, tokens, notifications, "notification-secret");
    }

    @Test
    void aPushedImageBecomesAnAppThatIsAsleep() throws Exception {
        var config = TestImages.config(
                "linux",
                "amd64",
                Map.of(
                        "ExposedPorts", Map.of("3000/tcp", Map.of()),
                        "Volumes", Map.of("/data", Map.of()),
                        "Labels", Map.of("rac.memory", "64Mi", "rac.prot", "1")));

        var manifest = registry.push("alice/hello", "latest", config);

        JsonNode app = awaitPush("alice/hello", "deployed");
        assertThat(app.path("name").asString()).isEqualTo("alice-hello");
        assertThat(app.path("url").asString()).isEqualTo("http://alice-hello.localhost:8080");
        assertThat(app.path("state").asString()).isEqualTo("asleep");
        assertThat(app.path("digest").asString()).isEqualTo(manifest.digest());
        assertThat(app.path("image").asString()).isEqualTo(registry.host() + "/alice/hello@" + manifest.digest());
        assertThat(app.path("port").asInt()).isEqualTo(3000);
        assertThat(app.path("pushed_by").asString()).isEqualTo("tester");
        assertThat(app.path("warnings").toString()).contains("rac.prot");
        var deployed = target.find(new AppName("alice-hello")).orElseThrow().app();
        assertThat(deployed.volumes()).containsExactly("/data");
        assertThat(deployed.resources().memoryBytes()).isEqualTo(64L << 20);
        assertThat(target.deployments().getFirst().credential().user()).isEqualTo("@pull");
    }

    @Test
    void ofAnIndexTheEntryOfTheTargetsPlatformIsDeployedOnce() throws Exception {
        var intel = TestImages.config("linux", "amd64", NO_CONFIG);
        var arm = TestImages.config("linux", "arm64", NO_CONFIG);
        var entries = List.of(
                TestImages.entry(TestImages.manifest(arm), "linux", "arm64"),
                TestImages.entry(TestImages.manifest(intel), "linux", "amd64"));
        var index = TestImages.index(entries);
        registry.push("multi", TestImages.manifest(intel).digest(), intel);
        registry.push("multi", TestImages.manifest(arm).digest(), arm);

        registry.putManifest("multi", "latest", index);

        JsonNode app = awaitPush("multi", "deployed");
        assertThat(app.path("digest").asString())
                .isEqualTo(TestImages.manifest(intel).digest());
        assertThat(app.path("last_push").path("digest").asString()).isEqualTo(index.digest());
        assertThat(target.deployments()).hasSize(1);
    }

    @Test
    void anImageForAnotherArchitectureLeavesTheOldRevisionAndSaysWhatToDo() throws Exception {
        var good = registry.push("hello", "latest", TestImages.config("linux", "amd64", NO_CONFIG));
        awaitPush("hello", "deployed");

        registry.push("hello", "latest", TestImages.config("linux", "arm64", NO_CONFIG));

        JsonNode app = awaitPush("hello", "failed");
        assertThat(app.path("digest").asString()).isEqualTo(good.digest());
        assertThat(app.path("last_push").path("reason").asString())
                .isEqualTo("the image is for linux/arm64, this target runs linux/amd64;"
                        + " build it with --platform linux/amd64");
    }

    @Test
    void anArtifactThatIsNoImageIsIgnored() throws Exception {
        var chart = TestImages.json("application/vnd.cncf.helm.config.v1+json", Map.of("name", "chart"));

        registry.push("chart", "1.0.0", chart);

        JsonNode app = awaitPush("chart", "ignored");
        assertThat(app.path("state").asString()).isEqualTo("not_deployed");
        assertThat(app.path("last_push").path("reason").asString()).contains("not a container image");
        assertThat(target.deployments()).isEmpty();
    }

    @Test
    void aTagThatDoesNotReleaseMakesAPreviewBesideTheApp() throws Exception {
        var config = TestImages.config("linux", "amd64", NO_CONFIG);
        registry.push("hello", "latest", config);
        awaitPush("hello", "deployed");

        registry.push("hello", "Feature_1", config);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(app("hello")
                                .path("previews")
                                .path(0)
                                .path("name")
                                .asString())
                        .isEqualTo("feature-1--hello"));
        assertThat(app("hello").path("name").asString()).isEqualTo("hello");
        assertThat(app("hello?tag=Feature_1").path("url").asString())
                .isEqualTo("http://feature-1--hello.localhost:8080");
    }

    @Test
    void aPushIsDeployedOnceThePartsAnswerAgain() throws Exception {
        target.outage("the engine does not answer");

        registry.push("hello", "latest", TestImages.config("linux", "amd64", NO_CONFIG));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> metrics().contains("rac_notifier_events_total{kind=\"stored\"} 1"));
        target.outage(null);
        assertThat(awaitPush("hello", "deployed").path("name").asString()).isEqualTo("hello");
    }

    @Test
    void aPushThatWasStoredIsDeployedAfterTheNotifiersNextStart() throws Exception {
        target.outage("the engine does not answer");
        registry.push("hello", "latest", TestImages.config("linux", "amd64", NO_CONFIG));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> metrics().contains("rac_notifier_events_total{kind=\"stored\"} 1"));

        notifier.close();
        target.outage(null);
        assertThat(target.deployments()).isEmpty();
        notifier = startNotifier();

        awaitPush("hello", "deployed");
    }

    @Test
    void whatIsPushedWhileTheNotifierIsDownIsDeployedWhenItIsBack() throws Exception {
        notifier.close();
        registry.push("hello", "latest", TestImages.config("linux", "amd64", NO_CONFIG));

        notifier = startNotifier();

        awaitPush("hello", "deployed");
    }

    @Test
    void atStartEveryAppGetsANewCredential() throws Exception {
        registry.push("hello", "latest", TestImages.config("linux", "amd64", NO_CONFIG));
        awaitPush("hello", "deployed");
        notifier.close();
        int before = target.deployments().size();

        notifier = startNotifier();

        await().atMost(Duration.ofSeconds(20)).until(() -> target.deployments().size() == before + 1);
        assertThat(target.deployments().getLast().app())
                .isEqualTo(target.deployments().getFirst().app());
    }

    @Test
    void aRollbackHoldsUntilTheNextPush() throws Exception {
        var one = push("one");
        var two = push("two");

        assertThat(post("/apps/hello/-/rollback", "{\"digest\": \"" + one.digest() + "\"}")
                        .statusCode())
                .isEqualTo(202);

        awaitDigest(one);
        tellAgain(two);
        await().atMost(Duration.ofSeconds(20)).until(() -> metrics().contains("{outcome=\"ignored\"} 1"));
        notifier.close();
        notifier = startNotifier();
        awaitDigest(one);
        assertThat(app("hello").path("last_push").path("digest").asString()).isEqualTo(two.digest());
        var three = push("three");
        assertThat(app("hello/-/revisions").findValuesAsString("digest"))
                .containsExactly(three.digest(), two.digest(), one.digest());
    }

    @Test
    void whatWasDeletedInTheRegistryCannotBeRolledBackTo() throws Exception {
        var one = push("one");
        var two = push("two");
        registry.delete("hello", one.digest());

        HttpResponse<String> response = post("/apps/hello/-/rollback", "");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("the registry has no manifests/" + one.digest());
        awaitDigest(two);
    }

    private TestImages.Content push(String name) throws IOException, InterruptedException {
        var labels = Map.of("Labels", Map.of("org.opencontainers.image.title", name));
        var image = registry.push("hello", "latest", TestImages.config("linux", "amd64", labels));
        awaitDigest(image);
        awaitPush("hello", "deployed");
        return image;
    }

    private void awaitDigest(TestImages.Content image) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(app("hello").path("digest").asString("")).isEqualTo(image.digest()));
    }

    // As a registry does that was restarted before it heard the answer, under another id even.
    private void tellAgain(TestImages.Content image) throws IOException, InterruptedException {
        String at = app("hello/-/revisions")
                .path("revisions")
                .path(0)
                .path("pushed_at")
                .asString();
        assertThat(post("/notifications", """
                {"events": [{"id": "again", "timestamp": "%s", "action": "push", "target": {
                  "mediaType": "%s", "digest": "%s", "repository": "hello", "tag": "latest"}}]}
                """.formatted(at, image.mediaType(), image.digest()))
                        .statusCode())
                .isEqualTo(202);
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(notifier.uri().resolve(path));
        if (path.equals("/notifications")) {
            request.header("Authorization", "Bearer notification-secret");
        }
        return client.send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode awaitPush(String repository, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                app(repository).path("last_push").path("state").asString(""))
                        .isEqualTo(state));
        return app(repository);
    }

    private JsonNode app(String path) {
        return Json.MAPPER.readTree(get("/apps/" + path));
    }

    private String metrics() {
        return get("/metrics");
    }

    private String get(String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(notifier.uri().resolve(path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "{}";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
