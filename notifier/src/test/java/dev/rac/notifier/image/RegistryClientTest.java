package dev.rac.notifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.notifier.ContentServer;
import dev.rac.notifier.TestImages;
import dev.rac.notifier.TokenServer;
import dev.rac.targets.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
    private static final Platform LINUX = new Platform("linux", "amd64");

    @TempDir
    Path directory;

    private final HttpCaller http = new HttpCaller(Duration.ofSeconds(5));
    private TokenServer tokens;
    private ContentServer registry;
    private RegistryClient client;

    @BeforeEach
    void start() throws IOException {
        tokens = TokenServer.start(directory);
        registry = ContentServer.start();
        client = client(Clock.systemUTC(), TokenServer.SECRET);
    }

    @AfterEach
    void stop() {
        registry.close();
        tokens.close();
        http.close();
    }

    private RegistryClient client(Clock clock, String secret) {
        var auth = new RegistryAuthClient(http, tokens.uri(), TokenServer.SERVICE, secret, clock);
        return new RegistryClient(http, auth, registry.uri());
    }

    @Test
    void readsAnImageWithOneToken() {
        var manifest = registry.addImage(
                "amd64",
                Map.of(
                        "ExposedPorts", Map.of("80/tcp", Map.of()),
                        "Volumes", Map.of("/data", Map.of()),
                        "Labels", Map.of("rac.port", "80"),
                        "Healthcheck", Map.of("Test", List.of("CMD", "true"), "StartPeriod", 5_000_000_000L)));

        Image image = client.image("alice/hello", manifest.digest(), LINUX);

        assertThat(image.digest()).isEqualTo(manifest.digest());
        assertThat(image.config().exposedPorts()).containsExactly("80/tcp");
        assertThat(image.config().volumes()).containsExactly("/data");
        assertThat(image.config().labels()).containsEntry("rac.port", "80");
        assertThat(image.config().healthCheck().orElseThrow())
                .isEqualTo(new ImageConfig.HealthCheck(
                        Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), 3));
        assertThat(tokens.requests())
                .containsExactly("GET /token?service=rac.test&scope=repository%3Aalice%2Fhello%3Apull");
        assertThat(registry.requests()).hasSize(2).allMatch(request -> request.contains(" Bearer "));
    }

    @Test
    void aTokenIsUsedUntilShortlyBeforeItExpires() {
        var manifest = registry.addImage("amd64", Map.of());
        Instant now = Instant.now();
        client = client(Clock.fixed(now, ZoneOffset.UTC), TokenServer.SECRET);
        client.image("hello", manifest.digest(), LINUX);
        client.image("hello", manifest.digest(), LINUX);
        client.image("other", manifest.digest(), LINUX);

        assertThat(tokens.requests()).hasSize(2);
    }

    @Test
    void aTokenThatIsRefusedIsAskedForOnceMore() {
        var manifest = registry.addImage("amd64", Map.of());
        var refusals = new AtomicInteger();
        registry.intercept(exchange -> refusals.getAndIncrement() == 0 && ContentServer.answer(exchange, 401));

        client.image("hello", manifest.digest(), LINUX);

        assertThat(tokens.requests()).hasSize(2);
    }

    @Test
    void theTokenIsNotShownToWhereTheRegistryRedirects() throws IOException {
        var manifest = registry.addImage("amd64", Map.of());
        try (ContentServer storage = ContentServer.start()) {
            storage.addImage("amd64", Map.of());
            registry.intercept(exchange -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                storage.uri() + exchange.getRequestURI().getPath());
                return exchange.getRequestURI().getPath().contains("/blobs/") && ContentServer.answer(exchange, 307);
            });

            client.image("hello", manifest.digest(), LINUX);

            assertThat(storage.requests()).singleElement().asString().endsWith(" null");
        }
    }

    @Test
    void redirectsInACircleEnd() {
        registry.intercept(exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().getPath());
            return ContentServer.answer(exchange, 302);
        });

        assertThatThrownBy(() -> client.image("hello", "sha256:" + "a".repeat(64), LINUX))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("302");
    }

    @Test
    void ofAnIndexThePlatformsEntryIsRead() {
        var arm = registry.addImage("arm64", Map.of());
        var intel = registry.addImage("amd64", Map.of());
        var index = TestImages.index(List.of(
                TestImages.entry(arm, "linux", "arm64"),
                TestImages.entry(intel, "linux", "amd64"),
                TestImages.entry(intel, "unknown", "unknown")));
        registry.add(index);

        assertThat(client.image("hello", index.digest(), LINUX).digest()).isEqualTo(intel.digest());
        assertThatThrownBy(() -> client.image("hello", index.digest(), new Platform("linux", "s390x")))
                .isInstanceOf(UnsuitableImageException.class)
                .hasMessage("the image is for linux/arm64, linux/amd64, this target runs linux/s390x;"
                        + " build it with --platform linux/s390x");
    }

    @Test
    void anEntryWithoutAPlatformIsLookedInto() {
        var intel = registry.addImage("amd64", Map.of());
        var index = TestImages.index(List.of(Map.of("digest", intel.digest())));
        registry.add(index);

        assertThat(client.image("hello", index.digest(), LINUX).digest()).isEqualTo(intel.digest());
    }

    @Test
    void anImageForAnotherPlatformIsUnsuitable() {
        var arm = registry.addImage("arm64", Map.of());

        assertThatThrownBy(() -> client.image("hello", arm.digest(), LINUX))
                .isInstanceOf(UnsuitableImageException.class)
                .hasMessageContaining("linux/arm64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "{}", "{\"config\": {\"digest\": \"../../secret\"}}", "null"})
    void aManifestThatNamesNoImageIsUnsuitable(String text) {
        var manifest = new TestImages.Content(TestImages.MANIFEST, text);
        registry.add(manifest);

        assertThatThrownBy(() -> client.image("hello", manifest.digest(), LINUX))
                .isInstanceOf(UnsuitableImageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "{}", "{\"os\": \"linux\"}"})
    void aConfigurationThatCannotBeReadIsUnsuitable(String text) {
        var config = new TestImages.Content(TestImages.CONFIG, text);
        var manifest = TestImages.manifest(config);
        registry.add(config).add(manifest);

        assertThatThrownBy(() -> client.image("hello", manifest.digest(), LINUX))
                .isInstanceOf(UnsuitableImageException.class);
    }

    @Test
    void aConfigurationOfWrongKindsIsReadAsNotSaying() {
        var config = new TestImages.Content(TestImages.CONFIG, """
                {"os": "linux", "architecture": "amd64", "config": {"ExposedPorts": [80], "Volumes": "x",
                 "Labels": {"a": null, "b": 7, "c": "\\ud83d"}, "Healthcheck": []}}
                """);
        var manifest = TestImages.manifest(config);
        registry.add(config).add(manifest);

        Image image = client.image("hello", manifest.digest(), LINUX);

        assertThat(image.config().exposedPorts()).isEmpty();
        assertThat(image.config().volumes()).isEmpty();
        assertThat(image.config().labels()).containsEntry("b", "7").containsEntry("c", "?");
    }

    @Test
    void aContentThatIsTooLongIsUnsuitable() {
        var config = new TestImages.Content(TestImages.CONFIG, " ".repeat(5 * 1024 * 1024));
        var manifest = TestImages.manifest(config);
        registry.add(config).add(manifest);

        assertThatThrownBy(() -> client.image("hello", manifest.digest(), LINUX))
                .isInstanceOf(UnsuitableImageException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void anotherContentThanAskedForIsNotRead() {
        var manifest = registry.addImage("amd64", Map.of());
        String asked = "sha256:" + "0".repeat(64);
        registry.add(asked, manifest);

        assertThatThrownBy(() -> client.image("hello", asked, LINUX))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("another content");
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThatThrownBy(() -> client.image("hello", "sha256:" + "0".repeat(64), LINUX))
                .isInstanceOf(MissingException.class)
                .hasMessageContaining("hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 500, 503})
    void anErrorIsWorthAnotherTry(int status) {
        registry.intercept(exchange -> ContentServer.answer(exchange, status));

        assertThatThrownBy(() -> client.image("hello", "sha256:" + "0".repeat(64), LINUX))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void aServerThatIsGoneIsWorthAnotherTry() {
        registry.close();

        assertThatThrownBy(() -> client.image("hello", "sha256:" + "0".repeat(64), LINUX))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void aWrongServiceSecretIsToldOf() {
        RegistryClient stranger = client(Clock.systemUTC(), "wrong");

        assertThatThrownBy(() -> stranger.image("hello", "sha256:" + "0".repeat(64), LINUX))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("RAC_SERVICE_SECRET")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForForEver() throws IOException {
        try (var silent = new java.net.ServerSocket(0);
                var impatient = new HttpCaller(Duration.ofMillis(300))) {
            var uri = java.net.URI.create("http://127.0.0.1:" + silent.getLocalPort());
            var auth = new RegistryAuthClient(impatient, uri, "s", "secret", Clock.systemUTC());

            assertThatThrownBy(() -> auth.pullToken("hello"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("registry-auth does not answer");
        }
    }
}
