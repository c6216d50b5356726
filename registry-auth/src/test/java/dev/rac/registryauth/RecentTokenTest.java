package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.service.time.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks again within a few seconds, and may still do the same, gets the same token. */
class RecentTokenTest {
    private final MutableClock clock = new MutableClock(Instant.now());
    private AuthServer server;
    private String alice;

    @BeforeEach
    void start(@TempDir Path data) {
        server = AuthServer.start(data, clock);
        alice = server.signUp("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theSameRightsWithinSecondsAreTheSameToken() {
        String first = token("repository:hello:pull,push");
        clock.advance(Duration.ofSeconds(3));

        assertThat(token("repository:hello:pull,push")).isEqualTo(first);
        assertThat(token("repository:hello:pull,delete,push")).isEqualTo(first);
        assertThat(token("repository:hello:pull")).isNotEqualTo(first);
        assertThat(server.get("/token?scope=repository:hello:pull,push", alice).text("token"))
                .isNotEqualTo(first);
    }

    @Test
    void whatIsOlderIsMadeAnew() {
        String first = token("repository:hello:pull");
        clock.advance(Duration.ofSeconds(5));

        assertThat(token("repository:hello:pull")).isNotEqualTo(first);
    }

    @Test
    void aClaimCountsAtOnce() {
        token("repository:hello:pull,push");
        server.send("POST", "/claim", alice, Map.of("repository", "hello"));

        assertThat(server.get("/token?scope=repository:hello:pull,push", null).access())
                .isEmpty();
    }

    @Test
    void anotherKeySignsAnotherToken() {
        String first = token("repository:hello:pull");
        server.send("POST", "/signing-keys/rotate", admin(), null);

        assertThat(token("repository:hello:pull")).isNotEqualTo(first);
    }

    @Test
    void anAccessTokenEndsInTime() {
        Map<String, Object> wanted = Map.of(
                "name",
                "ci",
                "repositories",
                List.of("hello"),
                "actions",
                List.of("pull"),
                "expires_at",
                clock.instant().plusSeconds(3).toString());
        String secret = server.send("POST", "/access-tokens", alice, wanted).text("token");
        assertThat(ask("Bearer " + secret).status()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(3));

        assertThat(ask("Bearer " + secret).status()).isEqualTo(401);
    }

    @Test
    void aRepeatedRequestIsCountedEachTime() {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(alice).status()).isEqualTo(200);
        }

        assertThat(server.get("/metrics", null).body())
                .contains("rac_token_requests_seconds_count{grant=\"password\",outcome=\"granted\"} 3");
        assertThat(server.get("/audit?actor=alice", admin())
                        .json()
                        .path("entries")
                        .path(0)
                        .path("count")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void aSessionIsMadeForEachThatWantsOne() {
        String first = server.get("/token?offline_token=true", alice).text("refresh_token");

        assertThat(first).isNotEmpty();
        assertThat(server.get("/token?offline_token=true", alice).text("refresh_token"))
                .isNotEmpty()
                .isNotEqualTo(first);
    }

    private AuthServer.Reply ask(String authorization) {
        return server.get("/token?scope=repository:hello:pull", authorization);
    }

    private String token(String scope) {
        return server.get("/token?scope=" + scope, null).text("token");
    }
}
