package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.edgeproxy.accesslog.AccessLogException;
import dev.rac.service.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AccessLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void eachRequestIsALineWithoutItsSecrets() throws Exception {
        Path file = directory.resolve("log/access.log");
        try (TestDoor door = TestDoor.open(Map.of("RAC_ACCESS_LOG", file.toString()))) {
            door.target.deploy(app("hello"), Behaviour.of(new WebProgram("hello")));
            HttpRequest request = door.request("hello", "/request?token=secret")
                    .header("User-Agent", "a \"browser\"")
                    .header("Authorization", "Bearer secret")
                    .build();
            HttpResponse<String> answer = door.send(request, BodyHandlers.ofString());
            HttpResponse<String> missing = door.get("", "/nothing");

            JsonNode line = lines(file, 2).get(0);
            assertThat(line.path("client").asString()).isEqualTo("127.0.0.1");
            assertThat(line.path("method").asString()).isEqualTo("GET");
            assertThat(line.path("protocol").asString()).isEqualTo("HTTP/1.1");
            assertThat(line.path("scheme").asString()).isEqualTo("http");
            assertThat(line.path("host").asString()).isEqualTo(door.host("hello"));
            assertThat(line.path("path").asString()).isEqualTo("/request");
            assertThat(line.path("status").asInt()).isEqualTo(200);
            assertThat(line.path("bytes").asInt()).isEqualTo(answer.body().length());
            assertThat(line.path("millis").asDouble()).isPositive();
            assertThat(line.path("user_agent").asString()).isEqualTo("a \"browser\"");
            assertThat(Instant.parse(line.path("time").asString())).isBefore(Instant.now());
            assertThat(line.toString()).doesNotContain("secret").doesNotContain("request_id");
            JsonNode refusal = lines(file, 2).get(1);
            assertThat(refusal.path("status").asInt()).isEqualTo(404);
            assertThat(refusal.path("request_id").asString())
                    .isEqualTo(missing.headers().firstValue("X-Request-Id").orElseThrow());
        }
    }

    @Test
    void whoMovesTheFileAwayGetsAnotherOne() throws Exception {
        Path file = directory.resolve("access.log");
        try (TestDoor door = TestDoor.open(Map.of("RAC_ACCESS_LOG", file.toString()))) {
            door.get("", "/one");
            lines(file, 1);
            Files.move(file, directory.resolve("access.log.1"));

            door.get("", "/two");

            assertThat(lines(file, 1).getFirst().path("path").asString()).isEqualTo("/two");
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedAtStart() {
        assertThatThrownBy(() -> TestDoor.open(Map.of("RAC_ACCESS_LOG", directory.toString())))
                .isInstanceOf(AccessLogException.class)
                .hasMessageContainingAll(directory.toString(), "RAC_ACCESS_LOG");
    }

    private static List<JsonNode> lines(Path file, int count) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> read(file).size() == count);
        try {
            return read(file).stream().map(Json.MAPPER::readTree).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> read(Path file) throws IOException {
        return Files.readAllLines(file);
    }
}
