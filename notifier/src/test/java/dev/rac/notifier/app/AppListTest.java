package dev.rac.notifier.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.notifier.NotifierHarness;
import dev.rac.service.json.Json;
import dev.rac.targets.AppName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AppListTest {
    private static final String ALICE = NotifierHarness.basic("alice", "wonderland");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private NotifierHarness rac;

    @BeforeEach
    void start() throws IOException {
        rac = NotifierHarness.start(directory);
        rac.tokens.addUser("alice", "wonderland");
    }

    @AfterEach
    void stop() {
        rac.close();
        client.close();
    }

    private void deploy(String repository) {
        rac.push(repository, "latest", rac.registry.addImage("amd64", Map.of()));
        await().atMost(PATIENCE)
                .until(() -> rac.target.apps().stream()
                        .anyMatch(status -> status.app().repository().equals(repository)));
    }

    @Test
    void appsAreListedAPartAtATimeByTheirRepositories() {
        List.of("c", "a", "b/x", "b").forEach(this::deploy);
        rac.tokens.claim("b", "alice");

        HttpResponse<String> first = rac.call("GET", "/apps?limit=1", null);

        assertThat(repositories(first)).containsExactly("a");
        assertThat(first.headers().firstValue("Link")).contains("</apps?limit=1&after=a>; rel=\"next\"");
        HttpResponse<String> second = rac.call("GET", "/apps?limit=2&after=a", null);
        assertThat(repositories(second)).as("b is alice's").containsExactly("b/x", "c");
        assertThat(second.headers().firstValue("Link")).isEmpty();
        HttpResponse<String> hers = rac.call("GET", "/apps?limit=2", ALICE);
        assertThat(hers.headers().firstValue("Link")).contains("</apps?limit=2&after=b>; rel=\"next\"");
        assertThat(repositories(rac.call("GET", "/apps", ALICE))).containsExactly("a", "b", "b/x", "c");
        assertThat(rac.call("GET", "/apps?limit=0", null).statusCode()).isEqualTo(400);
    }

    @Test
    void whoHasTheAnswerAlreadyIsToldSo() throws Exception {
        deploy("hello");
        for (String path : List.of("/apps", "/apps/hello")) {
            String tag =
                    rac.call("GET", path, null).headers().firstValue("ETag").orElseThrow();

            HttpResponse<String> again = get(path, "If-None-Match", "\"other\", W/" + tag);

            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).contains(tag);
            rac.target.wake(new AppName("hello"), PATIENCE);
            HttpResponse<String> changed = get(path, "If-None-Match", tag);
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.body()).contains("running");
            rac.target.sleep(new AppName("hello"));
        }
    }

    @Test
    void changesAreToldAsTheyHappenToThoseWhoMaySeeThem() {
        deploy("hello");
        rac.tokens.claim("secret", "alice");
        deploy("secret");
        List<String> events = watch();
        await().atMost(PATIENCE).until(() -> states(events).contains("hello asleep"));

        rac.target.wake(new AppName("hello"), PATIENCE);
        rac.target.wake(new AppName("secret"), PATIENCE);
        await().atMost(PATIENCE).until(() -> states(events).contains("hello running"));
        deploy("later");
        await().atMost(PATIENCE).until(() -> states(events).contains("later asleep"));
        rac.target.remove(new AppName("secret"));
        rac.target.remove(new AppName("hello"));
        await().atMost(PATIENCE).until(() -> events.contains("data: {\"name\":\"hello\"}"));

        assertThat(events).filteredOn(line -> line.contains("secret")).isEmpty();
        assertThat(events).contains("event: removed", "retry: 1000");
    }

    @Test
    void aWatchEndsWithTheNotifierAndIsRefusedToWrongCredentials() throws Exception {
        assertThat(get("/apps", "Accept", "text/event-stream", "Authorization", NotifierHarness.basic("alice", "no"))
                        .statusCode())
                .isEqualTo(401);
        CompletableFuture<HttpResponse<Void>> ended = watch(new CopyOnWriteArrayList<>());

        rac.restart();

        // In whatever way: the server may be gone before the answer's last chunk is.
        await().atMost(PATIENCE).until(ended::isDone);
    }

    private List<String> watch() {
        var lines = new CopyOnWriteArrayList<String>();
        assertThat(watch(lines)).isNotCompletedExceptionally();
        return lines;
    }

    private CompletableFuture<HttpResponse<Void>> watch(List<String> lines) {
        var request = HttpRequest.newBuilder(URI.create(rac.uri() + "/apps"))
                .header("Accept", "text/event-stream")
                .build();
        CompletableFuture<HttpResponse<Void>> response =
                client.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new LineCollector(lines)));
        await().atMost(PATIENCE).until(() -> lines.contains("retry: 1000"));
        return response;
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(rac.uri() + path)).headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> repositories(HttpResponse<String> answer) {
        return Json.MAPPER
                .readTree(answer.body())
                .path("apps")
                .valueStream()
                .map(app -> app.path("repository").asString())
                .toList();
    }

    private static List<String> states(List<String> events) {
        return events.stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.MAPPER.readTree(line.substring("data: ".length())))
                .filter(app -> app.has("state"))
                .map(AppListTest::state)
                .toList();
    }

    private static String state(JsonNode app) {
        return app.path("repository").asString() + " " + app.path("state").asString();
    }
}
