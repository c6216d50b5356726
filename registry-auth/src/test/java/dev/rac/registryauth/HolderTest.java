package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
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
import tools.jackson.databind.JsonNode;

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

    private List<String> claimedAt(String repository) {
        return holder(repository)
                .json()
                .path("claimed_at")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void anothersNamespaceAroundAClaimIsNotTheOwners() {
        String bob = server.signUp("bob");
        server.send("POST", "/claim", bob, Map.of("repository", "team/app"));
        clock.advance(Duration.ofHours(1));
        server.send("POST", "/claim", alice, Map.of("repository", "team/*"));

        assertThat(holder("team/app").text("owner")).isEqualTo("bob");
        assertThat(claimedAt("team/app")).containsExactly("2026-01-01T00:00:00Z");
    }

    @Test
    void theClosestClaimDecides() {
        assertThat(holder("alice/app").json().has("owner")).isFalse();
        assertThat(claimedAt("alice/app")).isEmpty();
        server.send("POST", "/claim", alice, Map.of("repository", "alice/*"));
        clock.advance(Duration.ofHours(1));
        server.send("POST", "/claim", alice, Map.of("repository", "alice/app"));

        assertThat(holder("alice/app").text("owner")).isEqualTo("alice");
        assertThat(claimedAt("alice/app")).containsExactly("2026-01-01T01:00:00Z", "2026-01-01T00:00:00Z");
        assertThat(claimedAt("alice/other")).containsExactly("2026-01-01T00:00:00Z");
        assertThat(claimedAt("alice")).isEmpty();
    }

    @Test
    void handedOverItIsTheSameClaimAndReleasedAnotherOne() {
        String bob = server.signUp("bob");
        server.send("POST", "/claim", alice, Map.of("repository", "app"));
        clock.advance(Duration.ofHours(1));
        server.send("PATCH", "/claims/app", alice, Map.of("owner", "bob"));
        assertThat(holder("app").text("owner")).isEqualTo("bob");
        assertThat(claimedAt("app")).containsExactly("2026-01-01T00:00:00Z");

        server.send("DELETE", "/claims/app", bob, null);
        server.send("POST", "/claim", alice, Map.of("repository", "app"));

        assertThat(claimedAt("app")).containsExactly("2026-01-01T01:00:00Z");
    }

    @Test
    void itIsForServicesOnly() {
        assertThat(server.get("/holders/app", alice).status()).isEqualTo(403);
        assertThat(server.get("/holders/app", null).status()).isEqualTo(401);
        assertThat(holder("UPPER").status()).isEqualTo(400);
    }
}
