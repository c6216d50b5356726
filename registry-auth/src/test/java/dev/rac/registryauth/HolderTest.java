package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.time.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path data;

    private AuthServer server;
    private String alice;

    @BeforeEach
    void start() {
        server = AuthServer.start(data, clock);
        alice = server.signUp("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply holder(String repository) {
        return server.get("/holders/" + repository, service("@notifier"));
    }

    @Test
    void theClosestClaimDecides() {
        assertThat(holder("alice/app").json().propertyNames()).containsExactly("repository");
        server.send("POST", "/claim", alice, Map.of("repository", "alice/*"));
        clock.advance(Duration.ofHours(1));
        server.send("POST", "/claim", alice, Map.of("repository", "alice/app"));

        assertThat(holder("alice/app").text("owner")).isEqualTo("alice");
        assertThat(holder("alice/app").text("claimed_at")).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(holder("alice/other").text("claimed_at")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(holder("alice").json().propertyNames()).containsExactly("repository");
    }

    @Test
    void handedOverItIsTheSameClaimAndReleasedAnotherOne() {
        String bob = server.signUp("bob");
        server.send("POST", "/claim", alice, Map.of("repository", "app"));
        clock.advance(Duration.ofHours(1));
        server.send("PATCH", "/claims/app", alice, Map.of("owner", "bob"));
        assertThat(holder("app").text("owner")).isEqualTo("bob");
        assertThat(holder("app").text("claimed_at")).isEqualTo("2026-01-01T00:00:00Z");

        server.send("DELETE", "/claims/app", bob, null);
        server.send("POST", "/claim", alice, Map.of("repository", "app"));

        assertThat(holder("app").text("claimed_at")).isEqualTo("2026-01-01T01:00:00Z");
    }

    @Test
    void itIsForServicesOnly() {
        assertThat(server.get("/holders/app", alice).status()).isEqualTo(403);
        assertThat(server.get("/holders/app", null).status()).isEqualTo(401);
        assertThat(holder("UPPER").status()).isEqualTo(400);
    }
}
