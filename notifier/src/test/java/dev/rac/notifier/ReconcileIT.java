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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The notifier beside a real registry of which it hears nothing: every event is lost. */
class ReconcileIT {
    private static final AppName HELLO = new AppName("hello");
    private static final Map<String, ?> NO_CONFIG = Map.of();
    private static final Duration OFTEN = Duration.ofMillis(300);

    @TempDir
    Path directory;

    private final MemoryTarget target = new MemoryTarget();
    private final HttpClient client = HttpClient.newHttpClient();
    private int databases;
    private Duration every = OFTEN;
    private Optional<Duration> previewLifetime = Optional.empty();
    private TokenServer tokens;
    private ContentServer nowhere;
    private RegistryProcess registry;
    private Notifier notifier;
    private int registryPort;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(RegistryProcess.isInstalled(), "needs Debian's docker-registry");
        tokens = TokenServer.start(directory);
        nowhere = ContentServer.start();
        nowhere.intercept(exchange -> ContentServer.answer(exchange, 202));
        registryPort = RegistryProcess.freePort();
        registry = startRegistry("blobs");
        notifier = startNotifier();
    }

    @AfterEach
    void stop() {
        if (notifier != null) {
            notifier.close();
            registry.close();
            nowhere.close();
            tokens.close();
        }
        client.close();
    }

    private RegistryProcess startRegistry(String name) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        return RegistryProcess.start(home, registryPort, tokens, nowhere.uri(), "secret");
    }

    private Notifier startNotifier() {
        var settings = new NotifierSettings(
                "127.0.0.1",
                0,
                TokenServer.SERVICE,
                URI.create("http://localhost:8080"),
                URI.create("http://127.0.0.1:" + registryPort),
                "127.0.0.1:" + registryPort,
                tokens.uri(),
                TokenServer.SECRET,
                NotifierHarness.NOTIFICATION_SECRET,
                Optional.of(every),
                previewLifetime,
                ResourceLimits.DEFAULT,
                directory.resolve("notifier"),
                TrustedProxies.LOOPBACK,
                DatabaseSettings.embedded(directory.resolve("notifier-" + databases)));
        return Notifier.start(
                settings,
                target,
                new Metrics(),
                Clock.systemUTC(),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)));
    }

    @Test
    void aPushWhoseEventWasLostIsDeployedOnce() throws Exception {
        var manifest = push("hello", "latest", "1");

        awaitDigest("hello", manifest);
        awaitRounds(2);
        assertThat(target.deployments()).hasSize(1);
        assertThat(mended("missed")).isEqualTo(1);
        assertThat(api("hello").path("last_push").path("state").asString()).isEqualTo("deployed");
        assertThat(api("hello").path("state").asString()).isEqualTo("asleep");
    }

    @Test
    void whatTheTargetLostIsFoundBetweenTwoRoundsOverTheRegistry() throws Exception {
        notifier.close();
        every = Duration.ofMinutes(1);
        notifier = startNotifier();
        var manifest = push("hello", "latest", "1");
        tell("hello", "latest", manifest, Instant.now());
        awaitDigest("hello", manifest);
        await().atMost(Duration.ofSeconds(30)).until(() -> rounds() == 1);

        target.remove(HELLO);

        await().atMost(Duration.ofMinutes(1)).until(() -> mended("gone") == 1);
        awaitDigest("hello", manifest);
        assertThat(rounds()).isEqualTo(1);
    }

    @Test
    void aPushIsFoundThatCameWhileTheNotifierWasDown() throws Exception {
        notifier.close();
        push("alice/hello", "latest", "1");
        var second = push("alice/hello", "latest", "2");

        notifier = startNotifier();

        awaitDigest("alice-hello", second);
        assertThat(target.deployments()).hasSize(1);
    }

    @Test
    void aPreviewThatNobodyUsesIsRemovedUntilSomethingElseIsPushedAndOneThatRunsStays() throws Exception {
        notifier.close();
        previewLifetime = Optional.of(Duration.ofSeconds(2));
        notifier = startNotifier();
        push("hello", "latest", "1");
        push("hello", "unused", "2");
        push("hello", "used", "3");
        await().atMost(Duration.ofSeconds(20)).until(() -> target.apps().size() == 3);
        target.wake(new AppName("used--hello"), Duration.ofSeconds(1));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> target.find(new AppName("unused--hello")).isEmpty());
        awaitRounds(3);
        assertThat(target.apps())
                .extracting(status -> status.app().name().value())
                .containsExactlyInAnyOrder("hello", "used--hello");
        assertThat(mended("unused")).isEqualTo(1);

        target.sleep(new AppName("used--hello"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> target.find(new AppName("used--hello")).isEmpty());
        push("hello", "unused", "4");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> target.find(new AppName("unused--hello")).isPresent());
    }

    @Test
    void aLateEventOfAFoundPushDeploysNothingMore() throws Exception {
        Instant pushedAt = Instant.now();
        var manifest = push("hello", "latest", "1");
        awaitDigest("hello", manifest);
        Instant found = app("hello").pushedAt();

        tell("hello", "latest", manifest, pushedAt);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> metrics().contains("rac_notifier_deploys_total{outcome=\"ignored\"} 1"));
        awaitRounds(2);
        assertThat(target.deployments()).hasSize(1);
        assertThat(app("hello").pushedAt()).isEqualTo(found);
    }

    @Test
    void aPushThatComesAfterAFoundOneIsDeployed() throws Exception {
        awaitDigest("hello", push("hello", "latest", "1"));
        var second = push("hello", "latest", "2");

        tell("hello", "latest", second, Instant.now());

        awaitDigest("hello", second);
        awaitRounds(2);
        assertThat(target.deployments()).hasSize(2);
        assertThat(app("hello").pushedBy()).contains("alice");
        assertThat(mended("missed")).isEqualTo(1);
    }

    @Test
    void anAppThatWasRemovedByHandComesBackAsItWas() throws Exception {
        var manifest = push("hello", "latest", "1");
        tell("hello", "latest", manifest, Instant.now());
        awaitDigest("hello", manifest);
        App before = app("hello");

        target.remove(HELLO);

        awaitDigest("hello", manifest);
        assertThat(app("hello")).isEqualTo(before);
        await().atMost(Duration.ofSeconds(20)).until(() -> mended("gone") == 1);
        target.remove(HELLO);
        awaitDigest("hello", manifest);
        await().atMost(Duration.ofSeconds(20)).until(() -> mended("gone") == 2);
    }

    @Test
    void anAppThatWasRemovedThroughTheApiStaysRemovedUntilSomethingElseIsPushed() throws Exception {
        awaitDigest("hello", push("hello", "latest", "1"));
        awaitDigest("v1--hello", push("hello", "v1", "2"));

        assertThat(send("DELETE", "/apps/hello", "").statusCode()).isEqualTo(204);

        awaitRounds(3);
        assertThat(target.apps()).isEmpty();
        assertThat(send("GET", "/apps/hello", "").statusCode()).isEqualTo(404);
        restart();
        awaitRounds(2);
        assertThat(target.apps()).isEmpty();
        awaitDigest("hello", push("hello", "latest", "3"));
        awaitRounds(2);
        assertThat(target.apps()).hasSize(1);
    }

    @Test
    void aRemovedPreviewStaysRemovedBesideItsApp() throws Exception {
        var manifest = push("hello", "latest", "1");
        push("hello", "v1", "2");
        await().atMost(Duration.ofSeconds(20)).until(() -> target.apps().size() == 2);

        assertThat(send("DELETE", "/apps/hello?tag=v1", "").statusCode()).isEqualTo(204);

        awaitRounds(3);
        assertThat(target.apps()).extracting(AppStatus::app).containsExactly(app("hello"));
        assertThat(app("hello").digest()).isEqualTo(manifest.digest());
    }

    @Test
    void whatAnEarlierDatabaseDeployedIsAdoptedAndNotTouched() throws Exception {
        awaitDigest("hello", push("hello", "latest", "1"));
        awaitDigest("multi", pushIndex("multi"));
        push("hello", "v1", "2");
        await().atMost(Duration.ofSeconds(20)).until(() -> target.apps().size() == 3);
        List<AppStatus> before = target.apps();
        notifier.close();
        databases++;

        notifier = startNotifier();

        await().atMost(Duration.ofSeconds(20)).until(() -> mended("adopted") == 3);
        awaitRounds(2);
        assertThat(target.apps()).isEqualTo(before);
        assertThat(mended("adopted")).isEqualTo(3);
        assertThat(mended("missed")).isZero();
        assertThat(api("hello").path("last_push").path("state").asString()).isEqualTo("deployed");
    }

    @Test
    void anAppThatAnEarlierDatabaseDeployedStaysRemovedToo() throws Exception {
        awaitDigest("hello", push("hello", "latest", "1"));
        notifier.close();
        push("hello", "v1", "2");
        databases++;
        target.outage("the rounds wait for it");
        notifier = startNotifier();
        target.outage(null);

        assertThat(send("DELETE", "/apps/hello", "").statusCode()).isEqualTo(204);

        awaitRounds(3);
        assertThat(target.apps()).isEmpty();
        awaitDigest("v2--hello", push("hello", "v2", "3"));
    }

    @Test
    void aRegistryThatDoesNotAnswerChangesNothing() throws Exception {
        var manifest = push("hello", "latest", "1");
        awaitDigest("hello", manifest);
        List<AppStatus> before = target.apps();

        registry.close();

        awaitFailedRounds(3);
        assertThat(target.apps()).isEqualTo(before);
        registry = startRegistry("blobs");
        awaitDigest("hello", push("hello", "latest", "2"));
    }

    @Test
    void aRegistryThatLostItsStorageChangesNothing() throws Exception {
        awaitDigest("hello", push("hello", "latest", "1"));
        awaitDigest("v1--hello", push("hello", "v1", "2"));
        List<AppStatus> before = target.apps();
        registry.close();

        registry = startRegistry("empty");

        awaitRounds(4);
        assertThat(target.apps()).isEqualTo(before);
    }

    @Test
    void aTargetThatDoesNotAnswerEndsTheRound() throws Exception {
        target.outage("the engine does not answer");
        var manifest = push("hello", "latest", "1");
        awaitFailedRounds(2);

        target.outage(null);

        awaitDigest("hello", manifest);
    }

    @Test
    void anAppWhoseTagWasDeletedIsKept() throws Exception {
        awaitDigest("hello", push("hello", "latest", "1"));
        registry.delete("hello", TestImages.manifest(config("1")).digest());

        awaitRounds(3);

        assertThat(target.apps()).extracting(status -> status.app().name()).containsExactly(HELLO);
    }

    @Test
    void thePreviewOfADeletedTagIsRemovedAndItsAppStays() throws Exception {
        awaitDigest("hello", push("hello", "latest", "1"));
        var preview = push("hello", "v1", "2");
        awaitDigest("v1--hello", preview);

        registry.delete("hello", preview.digest());

        await().atMost(Duration.ofSeconds(20)).until(() -> mended("orphan") == 1);
        assertThat(app("hello").tag()).isEqualTo("latest");
        awaitRounds(2);
        assertThat(target.apps()).hasSize(1);
        awaitDigest("v1--hello", push("hello", "v1", "2"));
    }

    @Test
    void whatIsNotMeantToRunOrCannotIsTriedOnce() throws Exception {
        registry.push("chart", "1.0.0", TestImages.json("application/vnd.cncf.helm.config.v1+json", Map.of("a", "b")));
        registry.push("arm", "latest", TestImages.config("linux", "arm64", NO_CONFIG));
        registry.push("off", "latest", config(Map.of("rac.enable", "false")));
        await().atMost(Duration.ofSeconds(20)).until(() -> mended("missed") == 3);

        awaitRounds(4);

        assertThat(mended("missed")).isEqualTo(3);
        assertThat(metrics())
                .contains("rac_notifier_deploys_total{outcome=\"ignored\"} 2")
                .contains("rac_notifier_deploys_total{outcome=\"failed\"} 1");
        assertThat(target.apps()).isEmpty();
    }

    @Test
    void ofManyReleasesTheNewestVersionRunsAndNoOlderOneTakesItsPlace() throws Exception {
        notifier.close();
        for (String version : List.of("v1.10.0", "v1.2.0", "v1.9.0")) {
            registry.push(
                    "hello", version, config(Map.of("rac.tag", "v*", "org.opencontainers.image.version", version)));
        }

        notifier = startNotifier();

        await().atMost(Duration.ofSeconds(20)).until(() -> mended("missed") == 3);
        awaitRounds(2);
        assertThat(app("hello").tag()).isEqualTo("v1.10.0");
        assertThat(target.deployments()).hasSize(1);
        registry.push("hello", "v1.3.0", config(Map.of("rac.tag", "v*", "a", "b")));
        await().atMost(Duration.ofSeconds(20)).until(() -> mended("missed") == 4);
        awaitRounds(2);
        assertThat(app("hello").tag()).isEqualTo("v1.10.0");
        registry.push("hello", "v2.0.0", config(Map.of("rac.tag", "v*", "a", "c")));
        await().atMost(Duration.ofSeconds(20)).until(() -> app("hello").tag().equals("v2.0.0"));
    }

    @Test
    void aRegistryThatWasFilledElsewhereIsDeployedOneByOneAndWhatIsPushedDoesNotWait() throws Exception {
        notifier.close();
        for (int i = 0; i < 20; i++) {
            push("old/app-" + i, "latest", "1");
        }
        target.slow(Duration.ofMillis(200));
        notifier = startNotifier();
        await().atMost(Duration.ofSeconds(20)).until(() -> target.apps().size() == 3);
        assertThat(target.mostAtOnce()).isEqualTo(1);

        var live = push("live", "latest", "2");
        tell("live", "latest", live, Instant.now());

        awaitDigest("live", live);
        assertThat(target.apps()).hasSizeLessThan(10);
        await().atMost(Duration.ofSeconds(30)).until(() -> target.apps().size() == 21);
        assertThat(target.mostAtOnce()).isEqualTo(2);
    }

    @Test
    void aRollbackIsNotUndoneAndComesBackWhenItIsRemovedByHand() throws Exception {
        var first = push("hello", "latest", "1");
        awaitDigest("hello", first);
        awaitDigest("hello", push("hello", "latest", "2"));

        assertThat(send("POST", "/apps/hello/-/rollback", "").statusCode()).isEqualTo(202);

        awaitDigest("hello", first);
        awaitRounds(3);
        assertThat(app("hello").digest()).isEqualTo(first.digest());
        target.remove(HELLO);
        awaitDigest("hello", first);
        awaitRounds(3);
        assertThat(app("hello").digest()).isEqualTo(first.digest());
        assertThat(mended("missed")).isEqualTo(2);
        awaitDigest("hello", push("hello", "latest", "3"));
    }

    @Test
    void aDamagedRepositoryDoesNotHoldUpTheOthers() throws Exception {
        awaitDigest("aaa", push("aaa", "latest", "1"));
        Path link = directory.resolve(
                "blobs/blobs/docker/registry/v2/repositories/aaa/_manifests/tags/latest/current/link");
        assertThat(link).isRegularFile();
        Files.writeString(link, "no digest");

        awaitDigest("zzz", push("zzz", "latest", "2"));

        awaitRounds(2);
        assertThat(target.apps()).hasSize(2);
    }

    @Test
    void theRoundsOfASettledRegistryReadNoManifest() throws Exception {
        awaitDigest("hello", push("hello", "latest", "1"));
        awaitRounds(2);
        int before = nowhere.requests().size();

        awaitRounds(4);

        // The registry tells of every manifest that it gives to somebody.
        assertThat(nowhere.requests()).hasSize(before);
    }

    private TestImages.Content push(String repository, String tag, String content)
            throws IOException, InterruptedException {
        return registry.push(repository, tag, config(content));
    }

    private TestImages.Content pushIndex(String repository) throws IOException, InterruptedException {
        var intel = config("intel");
        var arm = TestImages.config("linux", "arm64", NO_CONFIG);
        registry.push(repository, TestImages.manifest(intel).digest(), intel);
        registry.push(repository, TestImages.manifest(arm).digest(), arm);
        var index = TestImages.index(List.of(
                TestImages.entry(TestImages.manifest(arm), "linux", "arm64"),
                TestImages.entry(TestImages.manifest(intel), "linux", "amd64")));
        registry.putManifest(repository, "latest", index);
        return TestImages.manifest(intel);
    }

    private static TestImages.Content config(String content) {
        return config(Map.of("content", content));
    }

    private static TestImages.Content config(Map<String, String> labels) {
        return TestImages.config("linux", "amd64", Map.of("Labels", labels));
    }

    private void restart() {
        notifier.close();
        notifier = startNotifier();
    }

    private void tell(String repository, String tag, TestImages.Content manifest, Instant at) {
        String body = """
                {"events": [{"id": "told-%s", "timestamp": "%s", "action": "push", "actor": {"name": "alice"},
                  "target": {"mediaType": "%s", "digest": "%s", "repository": "%s", "tag": "%s"}}]}
                """.formatted(at, at, manifest.mediaType(), manifest.digest(), repository, tag);
        assertThat(send("POST", "/notifications", body).statusCode()).isEqualTo(202);
    }

    private App app(String name) {
        return target.find(new AppName(name)).orElseThrow().app();
    }

    private void awaitDigest(String name, TestImages.Content manifest) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> target.find(new AppName(name))
                        .filter(status -> status.app().digest().equals(manifest.digest()))
                        .isPresent());
    }

    /** Waits for whole rounds that begin after now. */
    private void awaitRounds(int rounds) {
        double before = metric("rac_reconcile_seconds_count{outcome=\"done\",what=\"registry\"}");
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        metric("rac_reconcile_seconds_count{outcome=\"done\",what=\"registry\"}") > before + rounds);
    }

    private void awaitFailedRounds(int rounds) {
        double before = metric("rac_reconcile_seconds_count{outcome=\"failed\",what=\"registry\"}");
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        metric("rac_reconcile_seconds_count{outcome=\"failed\",what=\"registry\"}") >= before + rounds);
    }

    private double rounds() {
        return metric("rac_reconcile_seconds_count{outcome=\"done\",what=\"registry\"}");
    }

    private double mended(String what) {
        return metric("rac_reconcile_mended_total{what=\"" + what + "\"}");
    }

    private double metric(String name) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    private String metrics() {
        return send("GET", "/metrics", "").body();
    }

    private JsonNode api(String repository) {
        return Json.MAPPER.readTree(send("GET", "/apps/" + repository, "").body());
    }

    private HttpResponse<String> send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(notifier.uri().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (path.equals("/notifications")) {
            request.header("Authorization", "Bearer " + NotifierHarness.NOTIFICATION_SECRET);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
