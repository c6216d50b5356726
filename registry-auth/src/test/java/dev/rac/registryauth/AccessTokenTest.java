package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.time.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an access token is good for, and for how long. */
class AccessTokenTest {
    private static final List<String> ALL_ACTIONS = List.of("pull", "push", "delete", "read", "write");
    private static final String ALL = "repository:alice/own:pull,push,delete repository:bob/own:pull,push,delete"
            + " repository:hello:pull,push,delete app:alice/own:read,write app:hello:read,write registry:catalog:*";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-24T12:00:00Z"));

    @TempDir
    Path data;

    private AuthServer server;
    private String alice;

    @BeforeEach
    void start() {
        server = AuthServer.start(data, clock);
        alice = server.signUp("alice");
        String bob = server.signUp("bob");
        server.send("POST", "/claim", alice, Map.of("repository", "alice/own"));
        server.send("POST", "/claim", bob, Map.of("repository", "bob/own"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isWorthWhatItsUserMayDoAsFarAsItGoes() {
        assertThat(granted(create(List.of("alice/*", "bob/*", "hello"), ALL_ACTIONS)))
                .isEqualTo("app:alice/own:read,write app:hello:read,write"
                        + " repository:alice/own:pull,push,delete repository:hello:pull,push");
        assertThat(granted(create(List.of("alice/own"), List.of("pull", "push"))))
                .isEqualTo("repository:alice/own:pull,push");
        assertThat(granted(create(List.of("alice/*"), List.of("read")))).isEqualTo("app:alice/own:read");
        assertThat(granted(create(List.of("bob/own", "alice/other"), ALL_ACTIONS)))
                .isEmpty();
    }

    @Test
    void theAdministratorsIsLimitedToo() {
        String token = create(admin(), "x", List.of("alice/*"), List.of("pull", "delete"), null)
                .text("token");

        assertThat(ask(basic("admin", token)).access()).isEqualTo("repository:alice/own:pull,delete");
    }

    @Test
    void isTakenWhereverAPasswordIs() {
        String token = create(List.of("alice/*"), List.of("pull"));

        for (Reply reply : List.of(
                ask(basic("alice", token)),
                ask("Bearer " + token),
                server.form(null, "grant_type", "password", "username", "alice", "password", token, "scope", ALL),
                server.form(basic("alice", token), "grant_type", "password", "scope", ALL),
                server.form("Bearer " + token, "grant_type", "password", "scope", ALL))) {
            assertThat(reply.access()).isEqualTo("repository:alice/own:pull");
            assertThat(reply.claims().getSubject()).isEqualTo("alice");
        }
        assertThat(server.get("/token?account=alice&service=localhost", basic("alice", token))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isNoOtherUsers() {
        String token = create(List.of("alice/*"), List.of("pull"));

        for (String user : List.of("bob", "admin", "Alice", "nobody", "", "@pull", "@notifier")) {
            assertThat(ask(basic(user, token)).status()).as(user).isEqualTo(401);
        }
    }

    @Test
    void nothingLikeItIsTaken() {
        String token = create(List.of("alice/*"), List.of("pull"));

        for (String other : List.of(
                token + "x",
                token.substring(0, token.length() - 1),
                token.toUpperCase(Locale.ROOT),
                token.substring("rac_".length()),
                "rac_" + "A".repeat(43),
                "rac_")) {
            assertThat(ask(basic("alice", other)).status()).as(other).isEqualTo(401);
            assertThat(ask("Bearer " + other).status()).as(other).isEqualTo(401);
        }
        assertThat(server.form(null, "grant_type", "refresh_token", "refresh_token", token)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void getsNoRefreshToken() {
        String token = create(List.of("alice/*"), List.of("pull"));

        for (Reply reply : List.of(
                server.get("/token?offline_token=true&scope=repository:alice/own:pull", basic("alice", token)),
                server.get("/token?access_type=offline", "Bearer " + token),
                server.form(
                        null,
                        "grant_type",
                        "password",
                        "access_type",
                        "offline",
                        "username",
                        "alice",
                        "password",
                        token))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().has("refresh_token")).isFalse();
        }
    }

    @Test
    void managesNothing() {
        String token = create(List.of("alice/*"), ALL_ACTIONS);
        String id =
                server.get("/access-tokens", alice).json().path(0).path("id").asString();
        Map<String, Object> wider = Map.of("name", "wider", "repositories", List.of("x"), "actions", ALL_ACTIONS);
        Map<String, String> password = Map.of("current", "alice-password", "new", "another-password");

        for (String machine : List.of(basic("alice", token), "Bearer " + token)) {
            for (Reply reply : List.of(
                    server.send("POST", "/access-tokens", machine, wider),
                    server.get("/access-tokens", machine),
                    server.send("DELETE", "/access-tokens/" + id, machine, null),
                    server.get("/users/me", machine),
                    server.send("PUT", "/users/me/password", machine, password),
                    server.send("POST", "/claim", machine, Map.of("repository", "alice/new")),
                    server.get("/users", machine),
                    server.get("/users/me/sessions", machine),
                    server.send("DELETE", "/users/me/sessions", machine, null),
                    server.send("DELETE", "/users/me/sessions/x", machine, null),
                    server.send("DELETE", "/users/me", machine, null),
                    server.get("/claims", machine),
                    server.get("/claims/alice/own", machine),
                    server.send("DELETE", "/claims/alice/own", machine, null),
                    server.send("POST", "/pull-credentials", machine, Map.of("repository", "alice/own")))) {
                assertThat(reply.status()).as("%s", reply.response().request()).isEqualTo(403);
                assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
            }
        }
        assertThat(ask(alice).access()).contains("repository:alice/own:pull,push,delete");
        assertThat(server.get("/access-tokens", alice).json()).hasSize(1);
    }

    @Test
    void addsNoUsersWhereSignUpIsClosed() {
        String token = create(admin(), "x", List.of("x"), ALL_ACTIONS, null).text("token");
        server.close();
        server = AuthServer.start(data, clock, "RAC_SIGNUP", "closed");

        assertThat(server.send(
                                "POST",
                                "/users",
                                basic("admin", token),
                                Map.of("name", "carol", "password", "carol-password"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void endsAtItsDate() {
        String token = create(alice, "x", List.of("alice/*"), List.of("pull"), "2026-11-24T12:00:10Z")
                .text("token");
        String other = create(alice, "y", List.of("alice/*"), List.of("pull"), "2026-11-24T14:00:10+02:00")
                .text("token");

        clock.advance(Duration.ofMillis(9999));
        assertThat(granted(token)).isEqualTo("repository:alice/own:pull");
        assertThat(granted(other)).isEqualTo("repository:alice/own:pull");
        clock.advance(Duration.ofMillis(1));
        assertThat(ask(basic("alice", token)).status()).isEqualTo(401);
        assertThat(ask("Bearer " + other).status()).as(other).isEqualTo(401);
    }

    @Test
    void endsAtOnceWhenItIsRevoked() {
        Reply created = create(alice, "x", List.of("alice/*"), List.of("pull"), null);
        String token = created.text("token");
        assertThat(granted(token)).isNotEmpty();

        assertThat(server.send("DELETE", "/access-tokens/" + created.text("id"), alice, null)
                        .status())
                .isEqualTo(204);

        assertThat(ask(basic("alice", token)).status()).isEqualTo(401);
        assertThat(ask("Bearer " + token).status()).isEqualTo(401);
    }

    @Test
    void outlivesRestartsAndAChangeOfThePassword() {
        String token = create(List.of("alice/*"), List.of("pull"));
        server.send("PUT", "/users/me/password", alice, Map.of("current", "alice-password", "new", "other-password"));
        assertThat(granted(token)).isEqualTo("repository:alice/own:pull");

        server.close();
        clock.advance(Duration.ofDays(3650));
        server = AuthServer.start(data, clock);
        assertThat(granted(token)).isEqualTo("repository:alice/own:pull");
    }

    @Test
    void doesNothingWhileItsUserIsDisabled() {
        String token = create(List.of("alice/*"), List.of("pull"));
        assertThat(granted(token)).isNotEmpty();

        server.send("PATCH", "/users/alice", admin(), Map.of("disabled", true));
        assertThat(ask(basic("alice", token)).status()).isEqualTo(401);
        assertThat(ask("Bearer " + token).status()).isEqualTo(401);
        server.send("PATCH", "/users/alice", admin(), Map.of("disabled", false));
        assertThat(granted(token)).isEqualTo("repository:alice/own:pull");
    }

    @Test
    void diesWithItsUser() {
        String token = create(List.of("alice/*"), List.of("pull"));
        assertThat(granted(token)).isNotEmpty();

        assertThat(server.send("DELETE", "/users/alice", admin(), null).status())
                .isEqualTo(204);
        assertThat(ask(basic("alice", token)).status()).isEqualTo(401);
        server.signUp("alice");
        assertThat(ask(basic("alice", token)).status()).isEqualTo(401);
        assertThat(server.get("/access-tokens", alice).json()).isEmpty();
    }

    @Test
    void anAdministratorsIsNoLongerOneAfterTheUserIsNot() {
        server.send("PATCH", "/users/alice", admin(), Map.of("administrator", true));
        String token = create(List.of("bob/*"), List.of("pull"));
        assertThat(granted(token)).isEqualTo("repository:bob/own:pull");

        server.send("PATCH", "/users/alice", admin(), Map.of("administrator", false));
        assertThat(granted(token)).isEmpty();
    }

    @Test
    void losesWhatItsUserLoses() {
        String token = create(List.of("alice/*"), List.of("pull"));
        assertThat(granted(token)).isEqualTo("repository:alice/own:pull");

        server.send("DELETE", "/claims/alice/own", alice, null);
        server.send("POST", "/claim", basic("bob", "bob-password"), Map.of("repository", "alice/own"));

        assertThat(granted(token)).isEmpty();
    }

    @Test
    void tellsWhenAndFromWhereItWasLastUsed() {
        String token = create(List.of("alice/*"), List.of("pull"));
        assertThat(lastUse()).isEqualTo("null null");

        granted(token);
        awaitLastUse("2026-11-24T12:00:00Z");
        clock.advance(Duration.ofSeconds(54));
        granted(token);
        clock.advance(Duration.ofSeconds(6));
        assertThat(lastUse()).isEqualTo("2026-11-24T12:00:00Z 127.0.0.1");
        granted(token);
        awaitLastUse("2026-11-24T12:01:00Z");

        // What waits to be written is written before the end.
        clock.advance(Duration.ofMinutes(1));
        granted(token);
        server.close();
        server = AuthServer.start(data, clock);
        assertThat(lastUse()).isEqualTo("2026-11-24T12:02:00Z 127.0.0.1");
    }

    @Test
    void aRefusedUseIsNoUse() {
        String token = create(List.of("alice/*"), List.of("pull"));
        ask(basic("bob", token));
        server.close();
        server = AuthServer.start(data, clock);

        assertThat(lastUse()).isEqualTo("null null");
    }

    @Test
    void isStoredAsAHashOnly() {
        String token = create(List.of("alice/*"), List.of("pull"));
        server.close();

        assertThat(TestDatabase.content(data))
                .contains("alice/*")
                .doesNotContain(token)
                .doesNotContain(token.substring(4));
        server = AuthServer.start(data);
    }

    @Test
    void isCountedByItself() {
        String token = create(List.of("alice/*"), List.of("pull"));
        server.get("/token?scope=repository:alice/own:pull", basic("alice", token));
        server.get("/token?scope=repository:alice/own:pull", "Bearer rac_" + "A".repeat(43));

        assertThat(server.get("/metrics", null).body())
                .contains("rac_token_requests_seconds_count{grant=\"access_token\",outcome=\"granted\"} 1")
                .contains("rac_token_requests_seconds_count{grant=\"access_token\",outcome=\"denied\"} 1");
    }

    private void awaitLastUse(String time) {
        await().untilAsserted(() -> assertThat(lastUse()).isEqualTo(time + " 127.0.0.1"));
    }

    private String lastUse() {
        var token = server.get("/access-tokens", alice).json().path(0);
        return token.path("last_used_at").asString("null") + " "
                + token.path("last_used_from").asString("null");
    }

    /** What the token of alice is granted of everything. */
    private String granted(String token) {
        return ask(basic("alice", token)).access();
    }

    private Reply ask(String authorization) {
        return server.get("/token?scope=" + ALL.replace(' ', '+'), authorization);
    }

    private String create(List<String> repositories, List<String> actions) {
        return create(alice, repositories + " " + actions, repositories, actions, null)
                .text("token");
    }

    private Reply create(
            String authorization,
            String name,
            List<String> repositories,
            List<String> actions,
            @Nullable String expiresAt) {
        var body = new HashMap<String, Object>(Map.of("name", name, "repositories", repositories, "actions", actions));
        if (expiresAt != null) {
            body.put("expires_at", expiresAt);
        }
        Reply reply = server.send("POST", "/access-tokens", authorization, body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply;
    }
}
