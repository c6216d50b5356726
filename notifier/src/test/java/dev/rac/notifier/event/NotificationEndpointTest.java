package dev.rac.notifier.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.service.database.Database;
import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.health.Health;
import dev.rac.service.http.ApiServer;
import dev.rac.service.metrics.Metrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationEndpointTest {
    private static final String RIGHT = "Bearer the-secret";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics();
    private final List<Push> told = new CopyOnWriteArrayList<>();
    private Database database;
    private Inbox inbox;
    private ApiServer server;

    @BeforeEach
    void start() {
        database = Database.open(DatabaseSettings.embedded(directory.resolve("notifier")), "notifier");
        inbox = new Inbox(database.jdbi());
        var endpoint = new NotificationEndpoint(
                "the-secret", inbox, database.jdbi(), told::add, metrics.registry(), Clock.systemUTC());
        server = ApiServer.start("127.0.0.1", 0, new Health(), metrics, endpoint::routes);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
        metrics.close();
        client.close();
    }

    @Test
    void aPushIsStoredAndTold() throws Exception {
        assertThat(post(RIGHT, Events.push("e-1", "hello", "latest")).statusCode())
                .isEqualTo(202);

        assertThat(inbox.fresh()).extracting(Push::eventId).containsExactly("e-1");
        assertThat(told).isEqualTo(inbox.fresh());
    }

    @Test
    void theSameEventAgainIsAcceptedButToldOnce() throws Exception {
        post(RIGHT, Events.push("e-1", "hello", "latest"));

        assertThat(post(RIGHT, Events.push("e-1", "hello", "latest")).statusCode())
                .isEqualTo(202);

        assertThat(inbox.fresh()).hasSize(1);
        assertThat(told).hasSize(1);
        assertThat(metrics.scrape()).contains("rac_notifier_events_total{kind=\"duplicate\"} 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Bearer", "the-secret", "Basic dGhlLXNlY3JldDp4"})
    void withoutTheSecretNothingIsTaken(String authorization) throws Exception {
        HttpResponse<String> response = post(authorization, Events.push("e-1", "hello", "latest"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(inbox.fresh()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.docker.distribution.events.v1+json",
                "application/vnd.docker.distribution.events.v2+json",
                "application/json",
                "application/vnd.docker.distribution.events.v9+json"
            })
    void everyRegistrysContentTypeIsRead(String contentType) throws Exception {
        var body = BodyPublishers.ofString(Events.push("e-1", "hello", "latest"));

        assertThat(send(RIGHT, contentType, body).statusCode()).isEqualTo(202);
        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{\"events\": []}", "[1]"})
    void whatCannotBeReadIsAcceptedOrTheRegistryWouldSendItForEver(String body) throws Exception {
        assertThat(post(RIGHT, body).statusCode()).isEqualTo(202);
        assertThat(inbox.fresh()).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsKeptAsItCameAndNothingElseIs() throws Exception {
        String strange = Events.event("1", "quarantine\\u0000\\ud83d", Events.OCI_MANIFEST, "hello", "latest");
        String foreign = Events.event("2", "push", "application/vnd.of.tomorrow", "hello", "latest");
        String malformed = Events.event("3", "push", Events.OCI_MANIFEST, "Hello", "latest");
        String pull = Events.event("4", "pull", Events.OCI_MANIFEST, "hello", "latest");
        String blob = Events.event("5", "push", "application/octet-stream", "hello", "");

        assertThat(post(RIGHT, Events.envelope(strange, pull, foreign, blob, malformed))
                        .statusCode())
                .isEqualTo(202);

        assertThat(unknown()).hasSize(3);
        assertThat(unknown().get(0)).contains("quarantine");
        assertThat(unknown().get(1)).contains("application/vnd.of.tomorrow");
        assertThat(unknown().get(2)).contains("\"Hello\"");
    }

    @Test
    void ofWhatIsNotUnderstoodTheLastIsKeptWhateverItsLength() throws Exception {
        String one = Events.event("1", "x".repeat(2 * UnknownEvents.MAX_LENGTH), "", "hello", "latest");
        String many = Events.envelope(
                Stream.generate(() -> "{}").limit(UnknownEvents.KEPT + 50).toArray(String[]::new));

        post(RIGHT, Events.envelope(one));
        assertThat(unknown()).singleElement().asString().hasSize(UnknownEvents.MAX_LENGTH);
        post(RIGHT, many);
        assertThat(unknown()).hasSize(UnknownEvents.KEPT);
    }

    private List<String> unknown() {
        return new UnknownEvents(database.jdbi()).all();
    }

    @Test
    void aBodyThatIsTooLongIsAcceptedAndCounted() throws Exception {
        var endless = new byte[5 * 1024 * 1024];

        HttpResponse<String> declared = send(RIGHT, "application/json", BodyPublishers.ofByteArray(endless));
        HttpResponse<String> chunked =
                send(RIGHT, "application/json", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(endless)));

        assertThat(declared.statusCode()).isEqualTo(202);
        assertThat(chunked.statusCode()).isEqualTo(202);
        assertThat(metrics.scrape()).contains("rac_notifier_events_total{kind=\"unreadable\"} 2");
    }

    @Test
    void aThousandEventsInOneBodyAreStored() throws Exception {
        var events = new String[1000];
        for (int i = 0; i < events.length; i++) {
            events[i] = Events.event("e-" + i, "push", Events.OCI_MANIFEST, "hello-" + i, "latest");
        }

        HttpResponse<String> response = post(RIGHT, Events.envelope(events));

        assertThat(response.body()).isEqualTo("{\"stored\":1000}");
        assertThat(inbox.fresh()).hasSize(1000);
    }

    @Test
    void whenItCannotBeStoredTheRegistryHasToSendItAgain() throws Exception {
        database.close();

        assertThat(post(RIGHT, Events.push("e-1", "hello", "latest")).statusCode())
                .isEqualTo(500);
        assertThat(told).isEmpty();
    }

    private HttpResponse<String> post(String authorization, String body) throws IOException, InterruptedException {
        return send(
                authorization,
                "application/vnd.docker.distribution.events.v1+json",
                BodyPublishers.ofString(body, UTF_8));
    }

    private HttpResponse<String> send(String authorization, String contentType, BodyPublisher body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.uri().resolve("/notifications"))
                .header("Content-Type", contentType)
                .POST(body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
