package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.basic;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.time.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullCredentialTest {
    private static final String ALL = "/token?scope=repository:alice/own:pull,push,delete+repository:alice/own2:pull"
            + "+repository:hello:pull+app:alice/own:read,write+registry:catalog:*";

    private final MutableClock clock = new MutableClock(Instant.now());

    @TempDir
    Path data;

    private AuthServer server;
    private String alice;

    @BeforeEach
    void start() {
        server = AuthServer.start(data, clock);
        alice = server.signUp("alice");
        server.send("POST", "/claim", alice, Map.of("repository", "alice/own"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pullsItsRepositoryAndNothingElse() {
        Reply reply = create(service("@notifier"), "alice/own");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().propertyNames()).containsExactlyInAnyOrder("username", "password", "expires_at");
        assertThat(reply.text("username")).isEqualTo("@pull");
        assertThat(Instant.parse(reply.text("expires_at")))
                .isBetween(
                        clock.instant().plus(Duration.ofDays(30)).minusSeconds(1),
                        clock.instant().plus(Duration.ofDays(30)));
        assertThat(server.get(ALL, basic("@pull", reply.text("password"))).access())
                .isEqualTo("repository:alice/own:pull");
        assertThat(server.form(
                                null,
                                "grant_type",
                                "password",
                                "access_type",
                                "offline",
                                "username",
                                "@pull",
                                "password",
                                reply.text("password"),
                                "scope",
                                "repository:alice/own:pull,push")
                        .text("scope"))
                .isEqualTo("repository:alice/own:pull");
    }

    @Test
    void isValidFor30DaysThroughRestartsAndAnotherSigningKey() {
        String password = create(service("@notifier"), "alice/own").text("password");
        server.close();
        server = AuthServer.start(data, clock, "RAC_TOKEN_ALGORITHM", "rs256");

        clock.advance(Duration.ofDays(30).minusSeconds(2));
        assertThat(server.get(ALL, basic("@pull", password)).access()).isEqualTo("repository:alice/own:pull");
        clock.advance(Duration.ofSeconds(2));
        assertThat(server.get(ALL, basic("@pull", password)).status()).isEqualTo(401);
    }

    @Test
    void opensNoOtherDoor() {
        String puller =
                basic("@pull", create(service("@edge-proxy"), "alice/own").text("password"));

        assertThat(create(puller, "hello").status()).isEqualTo(403);
        assertThat(server.get("/users/me", puller).status()).isEqualTo(403);
        assertThat(server.get("/claims", puller).status()).isEqualTo(403);
        assertThat(server.send("DELETE", "/claims/alice/own", puller, null).status())
                .isEqualTo(403);
        assertThat(server.get("/token?offline_token=true", puller).json().has("refresh_token"))
                .isFalse();
    }

    @Test
    void isGivenToServicesOnly() {
        assertThat(create(null, "hello").status()).isEqualTo(401);
        assertThat(create(basic("@notifier", "wrong"), "hello").status()).isEqualTo(401);
        assertThat(create(alice, "alice/own").status()).isEqualTo(403);
        assertThat(create(AuthServer.admin(), "alice/own").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"repository\":null}", "{\"repository\":\"\"}", "{\"repository\":\"A\"}", "[]", "x", ""})
    void needsARepository(String body) {
        Reply reply = server.send("POST", "/pull-credentials", service("@notifier"), body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void anotherTokenOfOursIsNoPullCredential() {
        String token =
                server.get("/token?scope=repository:alice/own:pull", alice).text("token");

        assertThat(server.get(ALL, basic("@pull", token)).status()).isEqualTo(401);
    }

    @Test
    void aPullCredentialOfAnotherInstallationIsWrong(@TempDir Path elsewhere) {
        try (var other = AuthServer.start(elsewhere, clock)) {
            String password = other.send(
                            "POST", "/pull-credentials", service("@notifier"), Map.of("repository", "alice/own"))
                    .text("password");

            assertThat(other.get(ALL, basic("@pull", password)).status()).isEqualTo(200);
            assertThat(server.get(ALL, basic("@pull", password)).status()).isEqualTo(401);
        }
    }

    private Reply create(@Nullable String authorization, String repository) {
        return server.send("POST", "/pull-credentials", authorization, Map.of("repository", repository));
    }
}
