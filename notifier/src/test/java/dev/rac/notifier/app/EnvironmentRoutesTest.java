package dev.rac.notifier.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.notifier.ContentServer;
import dev.rac.notifier.MemoryTarget.Deployment;
import dev.rac.notifier.NotifierHarness;
import dev.rac.notifier.TestImages;
import dev.rac.service.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EnvironmentRoutesTest {
    private static final String ALICE = NotifierHarness.basic("alice", "wonderland");
    private static final String BOB = NotifierHarness.basic("bob", "builder");
    private static final String SECRET = "correct-horse-battery-staple";

    @TempDir
    Path directory;

    private NotifierHarness rac;

    @BeforeEach
    void start() throws IOException {
        rac = NotifierHarness.start(directory);
        rac.tokens.addUser("alice", "wonderland");
        rac.tokens.addUser("bob", "builder");
        rac.tokens.claim("hello", "alice");
    }

    @AfterEach
    void stop() {
        rac.close();
    }

    private HttpResponse<String> env(String method, String authorization, String body) {
        return rac.call(method, "/apps/hello/-/env", authorization, body);
    }

    private HttpResponse<String> patch(Map<String, String> variables) {
        return env("PATCH", ALICE, Json.MAPPER.writeValueAsString(variables));
    }

    private JsonNode app(String query) {
        return Json.MAPPER.readTree(
                rac.call("GET", "/apps/hello" + query, ALICE).body());
    }

    private TestImages.Content deploy(String tag, String name) {
        TestImages.Content image = rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", name)));
        rac.push("hello", tag, image);
        await().until(() -> app("?tag=" + tag).path("digest").asString("").equals(image.digest()));
        await().until(() ->
                app("?tag=" + tag).path("last_push").path("state").asString("").equals("deployed"));
        return image;
    }

    private List<Deployment> deployments() {
        return rac.target.deployments();
    }

    private void awaitVariables(String app, Map<String, String> variables) {
        await().untilAsserted(() -> {
            Deployment last = deployments().stream()
                    .filter(deployment -> deployment.app().name().value().equals(app))
                    .reduce((before, after) -> after)
                    .orElseThrow();
            assertThat(last.secrets().environment()).isEqualTo(variables);
            assertThat(last.app().settings().isPresent()).isEqualTo(!variables.isEmpty());
        });
    }

    @Test
    void whatIsSetBeforeThePushArrivesWithIt() {
        HttpResponse<String> answer = patch(Map.of("TOKEN", SECRET));
        assertThat(answer.statusCode()).isEqualTo(200);

        deploy("latest", "one");

        awaitVariables("hello", Map.of("TOKEN", SECRET));
        assertThat(deployments()).hasSize(1);
    }

    @Test
    void aChangeDeploysWhatIsDeployedAgainWithIt() {
        TestImages.Content image = deploy("latest", "one");
        deploy("v2", "two");
        JsonNode before = app("");

        patch(Map.of("A", "1", "B", "2"));

        awaitVariables("hello", Map.of("A", "1", "B", "2"));
        awaitVariables("v2--hello", Map.of("A", "1", "B", "2"));
        env("PATCH", ALICE, "{\"A\": null, \"C\": \"3\"}");
        awaitVariables("hello", Map.of("B", "2", "C", "3"));
        env("PUT", ALICE, "{\"D\": \"4\"}");
        awaitVariables("hello", Map.of("D", "4"));
        assertThat(env("DELETE", ALICE, "").statusCode()).isEqualTo(204);
        awaitVariables("hello", Map.of());
        awaitVariables("v2--hello", Map.of());
        JsonNode after = app("");
        assertThat(after.path("digest").asString()).isEqualTo(image.digest());
        assertThat(after.path("pushed_at")).isEqualTo(before.path("pushed_at"));
        assertThat(after.path("last_push").path("tag").asString()).isEqualTo("v2");
    }

    @Test
    void namesAreShownWithWhoSetThemWhenAndNoValueIsEver() {
        Instant start = Instant.now().minusMillis(1);
        patch(Map.of("TOKEN", SECRET, "PORT", "1"));

        HttpResponse<String> answer = env("GET", ALICE, "");

        JsonNode variables = Json.MAPPER.readTree(answer.body()).path("variables");
        assertThat(variables.findValuesAsString("name")).containsExactly("PORT", "TOKEN");
        assertThat(variables.path(1).path("set_by").asString()).isEqualTo("alice");
        assertThat(Instant.parse(variables.path(1).path("set_at").asString())).isBetween(start, Instant.now());
        assertThat(variables.path(1).path("problem").isNull()).isTrue();
        assertThat(variables.path(1).propertyNames()).doesNotContain("value");
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    @Test
    void noValueStandsInAnyFileNorAnswer() throws IOException {
        deploy("latest", "one");
        var answers = new StringBuilder();
        answers.append(patch(Map.of("TOKEN", SECRET)).body());
        answers.append(
                env("PATCH", ALICE, "{\"TOKEN\": \"" + SECRET + "\", \"A\": 1}").body());
        answers.append(env("PATCH", ALICE, "{\"TOKEN\": \"" + SECRET + "\"").body());
        answers.append(env("PATCH", ALICE, "{\"1\": \"" + SECRET + "\"}").body());
        awaitVariables("hello", Map.of("TOKEN", SECRET));
        for (String path : List.of("", "/-/env", "/-/revisions")) {
            answers.append(rac.call("GET", "/apps/hello" + path, ALICE).body());
        }
        answers.append(rac.call("GET", "/metrics", null).body());
        rac.restart();

        assertThat(answers).doesNotContain(SECRET);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET);
            }
        }
    }

    @Test
    void whatNobodyClaimedHasNoVariables() {
        assertThat(rac.call("PATCH", "/apps/free/-/env", ALICE, "{\"A\": \"1\"}")
                        .body())
                .contains("claim it first");
        assertThat(rac.call("PUT", "/apps/free/-/env", null, "{\"A\": \"1\"}").statusCode())
                .isEqualTo(409);
        assertThat(rac.call("GET", "/apps/free/-/env", ALICE).body()).contains("\"variables\":[]");
        assertThat(rac.call("DELETE", "/apps/free/-/env", ALICE).statusCode()).isEqualTo(204);
    }

    @Test
    void whatIsClaimedNoMoreIsNotDeployedWithItsVariables() {
        TestImages.Content before = deploy("latest", "one");
        patch(Map.of("TOKEN", SECRET));
        awaitVariables("hello", Map.of("TOKEN", SECRET));
        rac.tokens.release("hello");

        TestImages.Content thief = rac.registry.addImage("amd64", Map.of());
        rac.push("hello", "latest", thief);

        JsonNode app = rac.awaitPush("hello", "retrying");
        assertThat(app.path("last_push").path("reason").asString()).contains("nobody claims it any more");
        assertThat(app.path("digest").asString()).isEqualTo(before.digest());
        assertThat(rac.call("DELETE", "/apps/hello/-/env", BOB).statusCode()).isEqualTo(204);
        rac.awaitPush("hello", "deployed");
        awaitVariables("hello", Map.of());
        assertThat(deployments().getLast().app().digest()).isEqualTo(thief.digest());
    }

    @Test
    void whoClaimsWhatAnotherReleasedDoesNotGetTheirVariables() {
        TestImages.Content before = deploy("latest", "one");
        patch(Map.of("TOKEN", SECRET));
        awaitVariables("hello", Map.of("TOKEN", SECRET));
        rac.tokens.release("hello");
        rac.tokens.claim("hello", "bob");

        rac.push("hello", "latest", rac.registry.addImage("amd64", Map.of()));

        await().untilAsserted(() ->
                assertThat(rac.call("GET", "/apps/hello", BOB).body()).contains("retrying", "before it was claimed"));
        // Given back by who took it, it is another claim all the same.
        rac.tokens.handOver("hello", "alice");
        rac.push("hello", "latest", rac.registry.addImage("amd64", Map.of("given", "back")));
        await().untilAsserted(() ->
                assertThat(rac.call("GET", "/apps/hello", ALICE).body()).contains("retrying", "before it was claimed"));
        assertThat(deployments().getLast().app().digest()).isEqualTo(before.digest());
        rac.tokens.handOver("hello", "bob");
        assertThat(rac.call("PATCH", "/apps/hello/-/env", BOB, "{\"MINE\": \"1\"}")
                        .statusCode())
                .isEqualTo(200);
        awaitVariables("hello", Map.of("MINE", "1"));
    }

    @Test
    void onlyWhoMayChangeTheAppSeesOrSetsVariables() {
        deploy("latest", "one");
        patch(Map.of("A", "1"));
        awaitVariables("hello", Map.of("A", "1"));
        rac.tokens.protect("hello");

        for (String method : List.of("GET", "PATCH", "PUT", "DELETE")) {
            assertThat(env(method, ALICE, "{\"A\": \"2\"}").statusCode()).isEqualTo(403);
            assertThat(env(method, BOB, "{\"A\": \"2\"}").statusCode()).isEqualTo(404);
            assertThat(rac.call(method, "/apps/hello/-/env", null, "{\"A\": \"2\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(env(method, NotifierHarness.basic("alice", "wrong"), "{\"A\": \"2\"}")
                            .statusCode())
                    .isEqualTo(401);
        }
        awaitVariables("hello", Map.of("A", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"A\"",
                "7",
                "{\"A\": 1}",
                "{\"A\": {}}",
                "{\"A\": [\"b\"]}",
                "{\"A\": true}",
                "{\"\": \"x\"}",
                "{\"1A\": \"x\"}",
                "{\"A-B\": \"x\"}",
                "{\"A\": \"x\\u0000\"}",
                "{\"A\": \"\\ud800\"}",
                "{\"A\": \"1\", \"A\": \"2\"}",
                "{\"A\": \"1\"} {}",
                "{\"A\": \"1\"",
                "{\"A=B\": null}"
            })
    void nothingElseIsTaken(String body) {
        HttpResponse<String> answer = env("PATCH", ALICE, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(env("GET", ALICE, "").body()).contains("\"variables\":[]");
    }

    @Test
    void tooMuchIsNotTaken() {
        assertThat(patch(Map.of("A", "x".repeat(32_769))).statusCode()).isEqualTo(400);
        var many = new HashMap<String, String>();
        for (int i = 0; i <= 200; i++) {
            many.put("V" + i, "");
        }
        assertThat(patch(many).statusCode()).isEqualTo(400);
        assertThat(env("PATCH", ALICE, "{\"A\": \"" + "x".repeat(1_100_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(env("PUT", ALICE, "{\"A\": null}").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELLO", "hello%2F..%2Fother", "-", "hello%00"})
    void pathsThatNameNoRepositoryAreNotThere(String repository) {
        assertThat(rac.call("PATCH", "/apps/" + repository + "/-/env", ALICE, "{\"A\": \"1\"}")
                        .statusCode())
                .isIn(400, 404);
    }

    @Test
    void changesAtOnceAllArrive() {
        deploy("latest", "one");

        List<CompletableFuture<HttpResponse<String>>> calls = Stream.iterate(0, i -> i + 1)
                .limit(20)
                .map(i -> CompletableFuture.supplyAsync(() -> patch(Map.of("V" + i, "of " + i))))
                .toList();

        assertThat(calls.stream().map(call -> call.join().statusCode())).containsOnly(200);
        var all = new HashMap<String, String>();
        for (int i = 0; i < 20; i++) {
            all.put("V" + i, "of " + i);
        }
        awaitVariables("hello", all);
    }

    @Test
    void aPushThatWaitsIsNotLostToAChange() {
        deploy("latest", "one");
        TestImages.Content two = rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", "two")));
        rac.registry.intercept(exchange ->
                exchange.getRequestURI().getPath().endsWith(two.digest()) && ContentServer.answer(exchange, 503));
        rac.push("hello", "latest", two);
        await().until(() -> app("").path("last_push").path("state").asString().equals("retrying"));

        patch(Map.of("A", "1"));
        awaitVariables("hello", Map.of("A", "1"));
        rac.registry.intercept(exchange -> false);

        await().until(() -> app("").path("digest").asString().equals(two.digest()));
        awaitVariables("hello", Map.of("A", "1"));
    }

    @Test
    void aChangeThatIsAnsweredArrivesAfterTheNextStart() {
        deploy("latest", "one");
        rac.target.refuse("not now");
        patch(Map.of("A", "1"));
        await().until(() ->
                rac.call("GET", "/apps/hello/-/revisions", ALICE).body().contains("\"state\":\"retrying\""));

        rac.restart();
        rac.target.refuse(null);

        awaitVariables("hello", Map.of("A", "1"));
    }

    @Test
    void credentialsAreRenewedWithTheSameVariables() {
        deploy("latest", "one");
        patch(Map.of("A", "1"));
        awaitVariables("hello", Map.of("A", "1"));
        var settings = deployments().getLast().app().settings();
        int before = deployments().size();

        rac.restart();

        await().until(() -> deployments().size() > before);
        assertThat(deployments().getLast().secrets().environment()).isEqualTo(Map.of("A", "1"));
        assertThat(deployments().getLast().app().settings()).isEqualTo(settings).isPresent();
    }

    @Test
    void aRollbackHasTheVariablesOfNow() {
        TestImages.Content one = deploy("latest", "one");
        deploy("latest", "two");
        patch(Map.of("A", "1"));
        awaitVariables("hello", Map.of("A", "1"));

        rac.call("POST", "/apps/hello/-/rollback", ALICE);

        await().until(() -> app("").path("digest").asString().equals(one.digest()));
        awaitVariables("hello", Map.of("A", "1"));
    }

    @Test
    void aLostKeyIsToldAndNothingIsDeployedWithoutItsVariables() throws IOException {
        deploy("latest", "one");
        patch(Map.of("A", "1", "B", "2"));
        awaitVariables("hello", Map.of("A", "1", "B", "2"));
        int before = deployments().size();
        Path key = directory.resolve("notifier/env.key");
        byte[] lost = Files.readAllBytes(key);
        Files.delete(key);
        rac.restart();

        assertThat(env("GET", ALICE, "").body()).contains("env.key is not the key that they were set under");
        HttpResponse<String> part = env("PATCH", ALICE, "{\"A\": \"3\"}");
        assertThat(part.statusCode()).isEqualTo(409);
        assertThat(part.body()).contains("B cannot be read");
        TestImages.Content two = rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", "two")));
        rac.push("hello", "latest", two);
        await().until(() ->
                app("").path("last_push").path("reason").asString("").contains("cannot be read"));
        assertThat(deployments()).hasSize(before);

        Files.write(key, lost);
        rac.restart();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> app("").path("digest").asString().equals(two.digest()));
        awaitVariables("hello", Map.of("A", "1", "B", "2"));
    }
}
