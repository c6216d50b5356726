package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.time.MutableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How access tokens are made, listed and revoked. */
class AccessTokenApiTest {
    private static final Map<String, Object> VALID =
            Map.of("name", "build server", "repositories", List.of("alice/*", "hello"), "actions", List.of("pull"));

    private static AuthServer server;
    private static String alice;
    private static String bob;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data, new MutableClock(Instant.parse("2026-11-24T12:00:00Z")));
        alice = server.signUp("alice");
        bob = server.signUp("bob");
    }

    @AfterEach
    void revokeAll() {
        for (String user : List.of(alice, bob)) {
            server.get("/access-tokens", user)
                    .json()
                    .forEach(token -> delete(user, token.path("id").asString()));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void showsTheTokenOnce() {
        Reply reply = create(alice, """
            {"name": "build server", "repositories": ["alice/*", "hello", "alice/*"],
             "actions": ["push", "pull", "push"], "expires_at": "2027-01-01T00:00:00Z"}\
            """);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        // 256 bits in base64url.
        assertThat(reply.text("token")).matches("rac_[A-Za-z0-9_-]{43}");
        JsonNode listed = server.get("/access-tokens", alice).json();
        assertThat(listed).hasSize(1);
        assertThat(listed.toString())
                .isEqualTo("[{\"id\":\"" + reply.text("id") + "\",\"user\":\"alice\","
                        + "\"name\":\"build server\",\"repositories\":[\"alice/*\",\"hello\"],"
                        + "\"actions\":[\"pull\",\"push\"],\"created_at\":\"2026-11-24T12:00:00Z\","
                        + "\"expires_at\":\"2027-01-01T00:00:00Z\",\"last_used_at\":null,\"last_used_from\":null}]");
    }

    @Test
    void aNameIsUniqueForItsUser() {
        String id = create(alice, VALID).text("id");

        Reply again = create(alice, VALID);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("detail")).contains("revoke that one");
        assertThat(create(bob, VALID).status()).isEqualTo(201);
        assertThat(delete(alice, id).status()).isEqualTo(204);
        assertThat(create(alice, VALID).status()).isEqualTo(201);
    }

    @Test
    void everybodySeesAndRevokesTheirOwn() {
        String id = create(alice, VALID).text("id");

        assertThat(server.get("/access-tokens", bob).json()).isEmpty();
        assertThat(server.get("/access-tokens?user=alice", bob).status()).isEqualTo(403);
        assertThat(server.get("/access-tokens?user=alice", alice).json()).hasSize(1);
        assertThat(delete(bob, id).status()).isEqualTo(404);
        assertThat(delete(bob, id).body())
                .isEqualTo(delete(bob, "0123456789abcdef").body());
        assertThat(server.get("/access-tokens", alice).json()).hasSize(1);
        assertThat(delete(alice, id).status()).isEqualTo(204);
        assertThat(delete(alice, id).status()).isEqualTo(404);
        assertThat(server.get("/access-tokens", alice).json()).isEmpty();
    }

    @Test
    void theAdministratorSeesAndRevokesEverybodys() {
        String id = create(alice, VALID).text("id");

        assertThat(server.get("/access-tokens", admin()).json()).isEmpty();
        assertThat(server.get("/access-tokens?user=alice", admin()).json()).hasSize(1);
        assertThat(delete(admin(), id).status()).isEqualTo(204);
        assertThat(server.get("/access-tokens", alice).json()).isEmpty();
    }

    @Test
    void nobodyElseGetsOne() {
        for (@Nullable
        String authorization : new @Nullable String[] {null, AuthServer.basic("alice", "wrong-password")}) {
            assertThat(create(authorization, VALID).status()).isEqualTo(401);
            assertThat(server.get("/access-tokens", authorization).status()).isEqualTo(401);
            assertThat(delete(authorization, "x").status()).isEqualTo(401);
        }
        assertThat(create(AuthServer.service("@notifier"), VALID).status()).isEqualTo(403);
    }

    @Test
    void aUserHasAHundredAtMost() {
        for (int i = 0; i < 100; i++) {
            assertThat(create(alice, body("name", "\"" + i + "\"")).status()).isEqualTo(201);
        }

        Reply reply = create(alice, VALID);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text("detail")).contains("100 access tokens");
        assertThat(create(bob, VALID).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"\"",
                "\" \"",
                "\" x\"",
                "\"x\\n\"",
                "\"x\\u0000\"",
                "\"a\\u202eb\"",
                "\"\\ud800\"",
                "[]",
                "{}"
            })
    void aNameIsPrintable(String name) {
        assertInvalid(body("name", name));
    }

    @Test
    void aNameHas64CharactersAtMost() {
        assertThat(create(alice, body("name", "\"" + "😀".repeat(64) + "\"")).status())
                .isEqualTo(201);
        assertInvalid(body("name", "\"" + "x".repeat(65) + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"alice/*\"",
                "[null]",
                "[\"\"]",
                "[\"*\"]",
                "[\"Alice/*\"]",
                "[\"alice/*/x\"]",
                "[\"alice/hello\", \"/*\"]",
                "[[\"a\"]]",
                "{}"
            })
    void repositoriesArePatterns(String repositories) {
        assertInvalid(body("repositories", repositories));
    }

    @Test
    void thereAreFiftyRepositoriesAtMost() {
        String name = "\"" + "a".repeat(253) + "/*\",";
        assertThat(create(alice, body("repositories", "[" + name.repeat(49) + "\"a\"]"))
                        .status())
                .isEqualTo(201);
        assertInvalid(body("repositories", "[" + name.repeat(50) + "\"a\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "[null]",
                "[\"\"]",
                "[\"*\"]",
                "[\"Pull\"]",
                "[\"pull\", \"admin\"]",
                "\"pull\"",
                "[\"push\"]",
                "[\"push\", \"read\"]"
            })
    void actionsAreKnownOnes(String actions) {
        assertInvalid(body("actions", actions));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"tomorrow\"",
                "\"2027-01-01\"",
                "\"2027-01-01T00:00:00\"",
                "1798761600",
                "[]",
                "\"2026-11-24T12:00:00Z\"",
                "\"2020-01-01T00:00:00Z\"",
                "\"+10000-01-01T00:00:00Z\"",
                "\"2027-02-30T00:00:00Z\""
            })
    void theDateIsATimeToCome(String expiresAt) {
        assertInvalid(body("expires_at", expiresAt));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "x", "{", "\"\"", "{}"})
    void theBodyIsAnObject(String body) {
        assertInvalid(body);
    }

    private static void assertInvalid(String body) {
        Reply reply = create(alice, body);

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.text("detail")).isNotEmpty();
    }

    /** A valid body with one field replaced or added. */
    private static String body(String field, String value) {
        return switch (field) {
            case "name" -> "{\"name\": " + value + ", \"repositories\": [\"a\"], \"actions\": [\"pull\"]}";
            case "repositories" -> "{\"name\": \"x\", \"repositories\": " + value + ", \"actions\": [\"pull\"]}";
            case "actions" -> "{\"name\": \"x\", \"repositories\": [\"a\"], \"actions\": " + value + "}";
            default ->
                "{\"name\": \"x\", \"repositories\": [\"a\"], \"actions\": [\"pull\"], \"" + field + "\": " + value
                        + "}";
        };
    }

    private static Reply create(@Nullable String authorization, Object body) {
        return server.send("POST", "/access-tokens", authorization, body);
    }

    private static Reply delete(@Nullable String authorization, String id) {
        return server.send("DELETE", "/access-tokens/" + id, authorization, null);
    }
}
