package dev.rac.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.notifier.deploy.Backoff;
import dev.rac.notifier.image.ResourceLimits;
import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.TrustedProxies;
import dev.rac.service.json.Json;
import dev.rac.service.metrics.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A whole notifier on free ports, with a registry and a registry-auth that tests control. */
public final class NotifierHarness implements AutoCloseable {
    public static final String NOTIFICATION_SECRET = "notification-secret";

    public final TokenServer tokens;
    public final ContentServer registry;
    public final MemoryTarget target = new MemoryTarget();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong events = new AtomicLong();
    private final Path directory;
    private Notifier notifier;

    public static NotifierHarness start(Path directory) throws IOException {
        return new NotifierHarness(directory);
    }

    private NotifierHarness(Path directory) throws IOException {
        this.directory = directory;
        tokens = TokenServer.start(directory);
        registry = ContentServer.start();
        notifier = startNotifier();
    }

    private Notifier startNotifier() {
        var settings = new NotifierSettings(
                "127.0.0.1",
                0,
                TokenServer.SERVICE,
                URI.create("https://rac.test:8443"),
                registry.uri(),
                "rac.test:8443",
                tokens.uri(),
                TokenServer.SECRET,
                NOTIFICATION_SECRET,
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

    /** Where it answers. */
    public URI uri() {
        return notifier.uri();
    }

    /** Ends the notifier and starts it again on the same data. */
    public void restart() {
        notifier.close();
        notifier = startNotifier();
    }

    /** Tells of a push, as the registry does; gives the event's id. */
    public String push(String repository, String tag, TestImages.Content manifest) {
        return push(repository, tag, manifest, Instant.now());
    }

    /** Tells of a push at a time. */
    public String push(String repository, String tag, TestImages.Content manifest, Instant at) {
        String id = "event-" + events.incrementAndGet();
        tell(id, repository, tag, manifest, at);
        return id;
    }

    /** Tells of a push with the id of an event, which may have been told before. */
    public void tell(String id, String repository, String tag, TestImages.Content manifest, Instant at) {
        String body = """
                {"events": [{"id": "%s", "timestamp": "%s", "action": "push", "actor": {"name": "alice"},
                  "target": {"mediaType": "%s", "digest": "%s", "repository": "%s", "tag": "%s"}}]}
                """.formatted(id, at, manifest.mediaType(), manifest.digest(), repository, tag);
        assertThat(call("POST", "/notifications", "Bearer " + NOTIFICATION_SECRET, body)
                        .statusCode())
                .isEqualTo(202);
    }

    /** Waits until the last push of a repository has come to this; gives what the API says then. */
    public JsonNode awaitPush(String repository, String state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                app(repository).path("last_push").path("state").asString(""))
                        .isEqualTo(state));
        return app(repository);
    }

    /** {@code GET /apps/<path>} without credentials. */
    public JsonNode app(String path) {
        return Json.MAPPER.readTree(call("GET", "/apps/" + path, null).body());
    }

    public HttpResponse<String> call(String method, String path, @Nullable String authorization) {
        return call(method, path, authorization, "");
    }

    public HttpResponse<String> call(String method, String path, @Nullable String authorization, String body) {
        var request = HttpRequest.newBuilder(URI.create(notifier.uri() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request);
    }

    /** Calls as the front door does for a client. */
    public HttpResponse<String> callFor(String client, String method, String path, String authorization) {
        return send(HttpRequest.newBuilder(URI.create(notifier.uri() + path))
                .header(ClientAddress.HEADER, client)
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An {@code Authorization} header. */
    public static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public void close() {
        notifier.close();
        registry.close();
        tokens.close();
        client.close();
    }
}
