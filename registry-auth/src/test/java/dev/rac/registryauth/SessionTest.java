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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How users see and end what clients keep of their logins. */
class SessionTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-24T12:00:00Z"));

    @TempDir
    Path data;

    private AuthServer server;
    private String alice;
    private String bob;

    @BeforeEach
    void start() {
        server = AuthServer.start(data, clock);
        alice = server.signUp("alice");
        bob = server.signUp("bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsWhichClientUsedOneWhenAndFromWhere() {
        String token = login(alice);
        assertThat(sessions(alice)).hasSize(1);
        JsonNode fresh = sessions(alice).path(0);
        assertThat(fresh.propertyNames())
                .containsExactlyInAnyOrder("id", "created_at", "last_used_at", "last_used_from", "client_id");
        assertThat(fresh.path("client_id").asString()).isEqualTo("docker");
        assertThat(fresh.path("created_at").asString()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(fresh.path("last_used_at").isNull()).isTrue();

        clock.advance(Duration.ofHours(1));
        assertThat(use(token).status()).isEqualTo(200);

        await().untilAsserted(() -> {
            JsonNode used = sessions(alice).path(0);
            assertThat(used.path("last_used_at").asString("")).isEqualTo("2026-11-24T13:00:00Z");
            assertThat(used.path("last_used_from").asString("")).isEqualTo("127.0.0.1");
        });
        assertThat(sessions(bob)).isEmpty();
    }

    @Test
    void aClientThatDoesNotSayWhoItIsIsTakenToo() {
        for (String query : List.of("", "&client_id=", "&client_id=" + "x".repeat(65), "&client_id=a%0ab")) {
            assertThat(server.get("/token?offline_token=true" + query, alice).status())
                    .isEqualTo(200);
        }

        assertThat(sessions(alice))
                .hasSize(4)
                .allMatch(session -> session.path("client_id").isNull());
    }

    @Test
    void oneIsEndedAtOnce() {
        String first = login(alice);
        clock.advance(Duration.ofSeconds(1));
        String second = login(alice);
        assertThat(use(first).status()).isEqualTo(200);
        // The youngest comes first.
        String id = sessions(alice).path(1).path("id").asString();

        assertThat(end(bob, "/" + id).status()).isEqualTo(404);
        assertThat(use(first).status()).isEqualTo(200);
        assertThat(end(alice, "/" + id).status()).isEqualTo(204);
        assertThat(end(alice, "/" + id).status()).isEqualTo(404);
        assertThat(use(first).status()).isEqualTo(401);
        assertThat(use(second).status()).isEqualTo(200);
    }

    @Test
    void allAreEndedAtOnce() {
        List<String> tokens = List.of(login(alice), login(alice));
        String other = login(bob);
        tokens.forEach(token -> assertThat(use(token).status()).isEqualTo(200));

        assertThat(end(alice, "").status()).isEqualTo(204);

        tokens.forEach(token -> assertThat(use(token).status()).isEqualTo(401));
        assertThat(use(other).status()).isEqualTo(200);
        assertThat(sessions(alice)).isEmpty();
        assertThat(end(alice, "").status()).isEqualTo(204);
    }

    @Test
    void ofMoreThanAHundredThoseGoThatWereNotUsedForLongest() {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            tokens.add(login(alice));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(use(tokens.get(0)).status()).isEqualTo(200);
        await().until(() -> sessions(alice).path(99).path("last_used_at").isString());

        tokens.add(login(alice));

        assertThat(sessions(alice)).hasSize(100);
        assertThat(use(tokens.get(0)).status()).isEqualTo(200);
        assertThat(use(tokens.get(1)).status()).isEqualTo(401);
        assertThat(use(tokens.get(2)).status()).isEqualTo(200);
        assertThat(use(tokens.get(100)).status()).isEqualTo(200);
    }

    @Test
    void dieWithTheirUser() {
        String token = login(alice);
        assertThat(use(token).status()).isEqualTo(200);

        server.send("DELETE", "/users/alice", admin(), null);
        assertThat(use(token).status()).isEqualTo(401);
        server.signUp("alice");
        assertThat(use(token).status()).isEqualTo(401);
    }

    @Test
    void dieWhenTheirUserIsDisabled() {
        String token = login(alice);
        assertThat(use(token).status()).isEqualTo(200);

        server.send("PATCH", "/users/alice", admin(), Map.of("disabled", true));
        assertThat(use(token).status()).isEqualTo(401);
        server.send("PATCH", "/users/alice", admin(), Map.of("disabled", false));
        assertThat(use(token).status()).isEqualTo(401);
        assertThat(sessions(alice)).isEmpty();
    }

    @Test
    void dieWithAPasswordThatIsReset() {
        String token = login(alice);
        assertThat(use(token).status()).isEqualTo(200);

        server.send("PUT", "/users/alice/password", admin(), Map.of("new", "another-password"));

        assertThat(use(token).status()).isEqualTo(401);
        assertThat(sessions(basic("alice", "another-password"))).isEmpty();
    }

    @Test
    void strangersSeeNone() {
        for (String path : List.of("", "/x")) {
            assertThat(end("Basic !", path).status()).isEqualTo(401);
        }
        assertThat(server.get("/users/me/sessions", null).status()).isEqualTo(401);
    }

    private String login(String authorization) {
        return server.get("/token?client_id=docker&offline_token=true", authorization)
                .text("refresh_token");
    }

    private Reply use(String token) {
        return server.form(null, "grant_type", "refresh_token", "refresh_token", token);
    }

    private JsonNode sessions(String authorization) {
        return server.get("/users/me/sessions", authorization).json();
    }

    private Reply end(String authorization, String path) {
        return server.send("DELETE", "/users/me/sessions" + path, authorization, null);
    }
}
