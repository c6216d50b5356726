package dev.rac.notifier.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.rac.certs.KeyAlgorithm;
import dev.rac.certs.SigningCertificates;
import dev.rac.notifier.ContentServer;
import dev.rac.notifier.NotifierHarness;
import dev.rac.notifier.TokenServer;
import dev.rac.service.json.Json;
import dev.rac.targets.AppName;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AppApiTest {
    private static final String ALICE = NotifierHarness.basic("alice", "wonderland");
    private static final String BOB = NotifierHarness.basic("bob", "builder");

    @TempDir
    Path directory;

    private NotifierHarness rac;

    @BeforeEach
    void start() throws IOException {
        rac = NotifierHarness.start(directory);
        rac.tokens.addUser("alice", "wonderland");
        rac.tokens.addUser("bob", "builder");
    }

    @AfterEach
    void stop() {
        rac.close();
    }

    private void deploy(String repository, String tag, Map<String, ?> config) {
        rac.push(repository, tag, rac.registry.addImage("amd64", config));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rac.target.apps().stream()
                        .anyMatch(status -> status.app().repository().equals(repository)
                                && status.app().tag().equals(tag)));
    }

    @Test
    void showsAnAppWithItsPreviews() {
        deploy(
                "alice/hello",
                "latest",
                Map.of(
                        "ExposedPorts", Map.of("80/tcp", Map.of()),
                        "Labels", Map.of("org.opencontainers.image.title", "Hello", "rac.nope", "1")));
        deploy("alice/hello", "v2", Map.of());

        JsonNode app = rac.awaitPush("alice/hello", "deployed");

        assertThat(app.path("name").asString()).isEqualTo("alice-hello");
        assertThat(app.path("repository").asString()).isEqualTo("alice/hello");
        assertThat(app.path("tag").asString()).isEqualTo("latest");
        assertThat(app.path("url").asString()).isEqualTo("https://alice-hello.rac.test:8443");
        assertThat(app.path("state").asString()).isEqualTo("asleep");
        assertThat(app.path("port").asInt()).isEqualTo(80);
        assertThat(app.path("pushed_by").asString()).isEqualTo("alice");
        assertThat(Instant.parse(app.path("pushed_at").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(app.path("warnings").path(0).asString()).contains("rac.nope");
        assertThat(app.path("description")
                        .path("org.opencontainers.image.title")
                        .asString())
                .isEqualTo("Hello");
        assertThat(app.path("failure").isNull()).isTrue();
        assertThat(app.path("last_push").path("tag").asString()).isEqualTo("v2");
        assertThat(app.path("previews")).hasSize(1);
        assertThat(app.path("previews").path(0).path("url").asString())
                .isEqualTo("https://v2--alice-hello.rac.test:8443");
        assertThat(rac.app("alice/hello?tag=v2").path("name").asString()).isEqualTo("v2--alice-hello");
        assertThat(rac.app("alice/hello?tag=latest").path("name").asString()).isEqualTo("alice-hello");
        assertThat(rac.app("alice/hello?tag=v3").path("status").asInt()).isEqualTo(404);
    }

    @Test
    void aPushThatDoesNotDeploySaysWhy() {
        rac.push("hello", "latest", rac.registry.addImage("arm64", Map.of()));

        JsonNode app = rac.awaitPush("hello", "failed");

        assertThat(app.path("state").asString()).isEqualTo("not_deployed");
        assertThat(app.path("name").isNull()).isTrue();
        assertThat(app.path("last_push").path("reason").asString()).contains("--platform linux/amd64");
        assertThat(rac.app("hello?tag=latest").path("state").asString()).isEqualTo("not_deployed");
    }

    @Test
    void listsOnlyWhatTheCallerMaySee() {
        deploy("alice/secret", "latest", Map.of());
        deploy("hello", "latest", Map.of());
        rac.tokens.claim("alice/secret", "alice");

        assertThat(repositories(ALICE)).containsExactly("alice/secret", "hello");
        assertThat(repositories(BOB)).containsExactly("hello");
        assertThat(repositories("")).containsExactly("hello");
    }

    @Test
    void registryAuthIsToldWhereTheCallerIs() {
        rac.callFor("192.0.2.7, 203.0.113.9", "GET", "/apps/hello", ALICE);
        assertThat(rac.tokens.lastClient()).isEqualTo("203.0.113.9");

        rac.call("GET", "/apps/hello", ALICE);
        assertThat(rac.tokens.lastClient()).isEqualTo("127.0.0.1");
    }

    @Test
    void aLongListIsAuthorisedInParts() {
        String owner = "o".repeat(200);
        for (int i = 0; i < 60; i++) {
            deploy(owner + "/app-" + i, "latest", Map.of());
        }

        assertThat(repositories(ALICE)).hasSize(60);
    }

    @Test
    void aPrivateAppIsNotThereForOthers() {
        deploy("alice/secret", "latest", Map.of());
        rac.tokens.claim("alice/secret", "alice");

        for (String path : List.of("/apps/alice/secret", "/apps/alice/secret?tag=latest", "/apps/nothing")) {
            assertThat(rac.call("GET", path, BOB).statusCode()).isEqualTo(404);
            assertThat(rac.call("DELETE", path, BOB).statusCode()).isEqualTo(404);
        }
        assertThat(rac.call("POST", "/apps/alice/secret/-/start", BOB).statusCode())
                .isEqualTo(404);
        assertThat(rac.call("GET", "/apps/alice/secret", ALICE).statusCode()).isEqualTo(200);
        assertThat(rac.target.apps()).hasSize(1);
    }

    @Test
    void whoMayOnlyReadMayNotChange() {
        deploy("hello", "latest", Map.of());
        rac.tokens.protect("hello");

        assertThat(rac.call("DELETE", "/apps/hello", BOB).statusCode()).isEqualTo(403);
        assertThat(rac.call("POST", "/apps/hello/-/stop", BOB).statusCode()).isEqualTo(403);
        HttpResponse<String> anonymous = rac.call("DELETE", "/apps/hello", null);
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(rac.call("GET", "/apps/hello", BOB).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6d3Jvbmc=", "Basic ???", "Bearer", "Bearer x.y.z", "Digest x", "Bearer "})
    void wrongCredentialsAreToldSo(String authorization) {
        deploy("hello", "latest", Map.of());

        for (String path : List.of("/apps", "/apps/hello")) {
            HttpResponse<String> response = rac.call("GET", path, authorization);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void aBearerTokenAllowsWhatItSays() {
        deploy("hello", "latest", Map.of());
        rac.tokens.claim("hello", "alice");
        String reader = bearer("app", "hello", List.of("read"));

        assertThat(rac.call("GET", "/apps/hello", reader).statusCode()).isEqualTo(200);
        assertThat(rac.call("DELETE", "/apps/hello", reader).statusCode()).isEqualTo(403);
        assertThat(repositories(reader)).containsExactly("hello");
        assertThat(rac.call("GET", "/apps/hello", bearer("repository", "hello", List.of("read", "write")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(rac.call("DELETE", "/apps/hello", bearer("app", "hello", List.of("read", "write")))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void anAccessTokenAllowsWhatRegistryAuthSays() {
        deploy("alice/secret", "latest", Map.of());
        rac.tokens.claim("alice/secret", "alice");
        rac.tokens.protect("alice/secret");
        rac.tokens.addUser("alice", "rac_secret");

        for (String token : List.of("Bearer rac_secret", NotifierHarness.basic("alice", "rac_secret"))) {
            assertThat(rac.call("GET", "/apps/alice/secret", token).statusCode())
                    .isEqualTo(200);
            assertThat(repositories(token)).containsExactly("alice/secret");
            assertThat(rac.call("DELETE", "/apps/alice/secret", token).statusCode())
                    .isEqualTo(403);
        }
        for (String wrong : List.of("Bearer rac_", "Bearer rac_secret2", "Bearer rac_SECRET")) {
            HttpResponse<String> response = rac.call("GET", "/apps/alice/secret", wrong);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).contains("the access token is wrong");
        }
    }

    @ParameterizedTest
    @MethodSource
    void aTokenThatIsNotForHereOrNotForNowProvesNothing(UnaryOperator<JWTClaimsSet.Builder> change) {
        deploy("hello", "latest", Map.of());
        var claims = rac.tokens.claims("alice").claim("access", grant("app", "hello", List.of("read")));

        String token = rac.tokens.sign(change.apply(claims));

        assertThat(rac.call("GET", "/apps/hello", "Bearer " + token).statusCode())
                .isEqualTo(401);
    }

    static Stream<Arguments> aTokenThatIsNotForHereOrNotForNowProvesNothing() {
        Instant now = Instant.now();
        return Stream.<UnaryOperator<JWTClaimsSet.Builder>>of(
                        claims -> claims.audience("another.rac"),
                        claims -> claims.audience((String) null),
                        claims -> claims.issuer("somebody"),
                        claims -> claims.expirationTime(Date.from(now.minusSeconds(120))),
                        claims -> claims.expirationTime(null),
                        claims -> claims.notBeforeTime(Date.from(now.plusSeconds(120))))
                .map(Arguments::of);
    }

    @Test
    void aTokenThatSomebodyElseSignedProvesNothing() {
        deploy("hello", "latest", Map.of());
        var stranger = SigningCertificates.open(
                directory.resolve("stranger"), KeyAlgorithm.ES256, Clock.systemUTC(), new SecureRandom());
        var claims = rac.tokens.claims("alice").claim("access", grant("app", "hello", List.of("read", "write")));

        String token = TokenServer.sign(claims, stranger.current());
        String unsigned = "eyJhbGciOiJub25lIn0." + token.split("\\.", -1)[1] + ".";
        String tampered = rac.tokens.sign(claims);
        tampered = tampered.substring(0, tampered.lastIndexOf('.') + 1) + token.split("\\.", -1)[2];

        for (String forged : List.of(token, unsigned, tampered)) {
            assertThat(rac.call("GET", "/apps/hello", "Bearer " + forged).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void withoutRegistryAuthNobodyIsLetIn() {
        deploy("hello", "latest", Map.of());
        rac.tokens.close();

        assertThat(rac.call("GET", "/apps/hello", ALICE).statusCode()).isEqualTo(503);
        assertThat(rac.call("DELETE", "/apps/hello", null).statusCode()).isEqualTo(503);
        assertThat(rac.target.apps()).hasSize(1);
    }

    @Test
    void startsStopsAndRestarts() {
        deploy("hello", "latest", Map.of());
        deploy("hello", "v2", Map.of());

        assertThat(state(rac.call("POST", "/apps/hello/-/start", ALICE))).isEqualTo("running");
        assertThat(rac.app("hello").path("state").asString()).isEqualTo("running");
        assertThat(rac.app("hello").path("previews").path(0).path("state").asString())
                .isEqualTo("asleep");
        assertThat(state(rac.call("POST", "/apps/hello/-/stop", ALICE))).isEqualTo("asleep");
        assertThat(state(rac.call("POST", "/apps/hello/-/restart?tag=v2", ALICE)))
                .isEqualTo("running");
        assertThat(rac.app("hello").path("state").asString()).isEqualTo("asleep");
        assertThat(rac.call("POST", "/apps/hello/-/start?tag=v3", ALICE).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anAppThatEndsAtOnceSaysWhy() {
        deploy("hello", "latest", Map.of());
        rac.target.crash(new AppName("hello"));

        HttpResponse<String> response = rac.call("POST", "/apps/hello/-/start", ALICE);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("it ended with status 1");
        JsonNode app = rac.app("hello");
        assertThat(app.path("state").asString()).isEqualTo("failed");
        assertThat(app.path("failure").path("exit_code").asInt()).isEqualTo(1);
        assertThat(app.path("failure").path("log_lines").path(0).asString()).isEqualTo("no config");
    }

    @Test
    void aRemovedAppIsGoneWithItsPreviewsAndKeepsItsVolumes() {
        deploy("hello", "latest", Map.of("Volumes", Map.of("/data", Map.of())));
        deploy("hello", "v2", Map.of());

        assertThat(rac.call("DELETE", "/apps/hello", ALICE).statusCode()).isEqualTo(204);

        assertThat(rac.target.apps()).isEmpty();
        assertThat(rac.target.hasVolumes(new AppName("hello"))).isTrue();
        assertThat(rac.call("GET", "/apps/hello", ALICE).statusCode()).isEqualTo(404);
        assertThat(rac.call("DELETE", "/apps/hello", ALICE).statusCode()).isEqualTo(404);
        assertThat(rac.call("DELETE", "/apps/hello?volumes=true", ALICE).statusCode())
                .isEqualTo(204);
        assertThat(rac.target.hasVolumes(new AppName("hello"))).isFalse();
    }

    @Test
    void nobodyElseGetsTheNameOfVolumesThatWereKept() {
        deploy("a/b", "latest", Map.of("Volumes", Map.of("/data", Map.of())));
        rac.call("DELETE", "/apps/a/b", ALICE);

        deploy("a-b", "latest", Map.of("Volumes", Map.of("/data", Map.of())));
        deploy("a/b", "latest", Map.of("Volumes", Map.of("/data", Map.of())));

        assertThat(rac.app("a-b").path("name").asString()).matches("a-b-[0-9a-f]{6}");
        assertThat(rac.app("a/b").path("name").asString()).isEqualTo("a-b");
    }

    @Test
    void onePreviewCanBeRemovedAlone() {
        deploy("hello", "latest", Map.of());
        deploy("hello", "v2", Map.of("Volumes", Map.of("/data", Map.of())));

        assertThat(rac.call("DELETE", "/apps/hello?tag=v2&volumes=true", ALICE).statusCode())
                .isEqualTo(204);

        assertThat(rac.target.apps())
                .extracting(status -> status.app().name().value())
                .containsExactly("hello");
        assertThat(rac.target.hasVolumes(new AppName("v2--hello"))).isFalse();
    }

    @Test
    void aPushThatIsUnderWayDoesNotBringARemovedAppBack() {
        deploy("hello", "latest", Map.of());
        rac.registry.intercept(exchange -> ContentServer.answer(exchange, 503));
        rac.push("hello", "latest", rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", "2"))));
        rac.awaitPush("hello", "retrying");

        rac.call("DELETE", "/apps/hello", ALICE);
        rac.registry.intercept(exchange -> false);
        deploy("other", "latest", Map.of());

        await().atMost(Duration.ofSeconds(60))
                .until(() -> rac.call("GET", "/metrics", null).body().contains("{outcome=\"ignored\"} 1"));
        assertThat(rac.target.apps())
                .extracting(status -> status.app().name().value())
                .containsExactly("other");
    }

    @Test
    void aTargetThatDoesNotAnswerIsA503WithoutItsSecrets() {
        deploy("hello", "latest", Map.of());
        rac.target.outage("cannot reach ssh://root@engine.internal");

        HttpResponse<String> response = rac.call("GET", "/apps/hello", ALICE);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).doesNotContain("engine.internal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apps/HELLO",
                "/apps/a%20b",
                "/apps/a%20app:secret",
                "/apps/x:read,write",
                "/apps/-/start",
                "/apps/hello/-/nothing",
                "/apps/..%2Fx",
                "/apps/a//b",
                "/apps/%00",
                "/apps/a%0Ab"
            })
    void whatNamesNoRepositoryIsNotThere(String path) {
        assertThat(rac.call("GET", path, ALICE).statusCode()).isIn(400, 404);
        assertThat(rac.tokens.requests()).noneMatch(request -> request.startsWith("GET /token"));
    }

    private String bearer(String type, String name, List<String> actions) {
        return "Bearer " + rac.tokens.sign(rac.tokens.claims("alice").claim("access", grant(type, name, actions)));
    }

    private static List<Map<String, Object>> grant(String type, String name, List<String> actions) {
        return List.of(Map.of("type", type, "name", name, "actions", actions));
    }

    private List<String> repositories(String authorization) {
        HttpResponse<String> response = rac.call("GET", "/apps", authorization.isEmpty() ? null : authorization);
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.MAPPER.readTree(response.body()).path("apps").findValuesAsString("repository");
    }

    private static String state(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.MAPPER.readTree(response.body()).path("state").asString();
    }
}
