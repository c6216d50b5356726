package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.time.MutableClock;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are given to whom. */
class TokenTest {
    private static AuthServer server;
    private static String alice;
    private static String bob;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data, "RAC_TOKEN_LIFETIME", "90s", "RAC_DOMAIN", "rac.test");
        alice = server.signUp("alice");
        bob = server.signUp("bob");
        assertThat(server.send("POST", "/claim", alice, Map.of("repository", "alice/own"))
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void grantsWhatIsAllowedOfWhatIsAsked() {
        String scopes = "scope=repository:alice/own:pull,push,delete&scope=repository:hello:push,pull,delete"
                + "+app:hello:read,write&scope=registry:catalog:*&scope=whatever:x:y";

        assertThat(server.get("/token?" + scopes, null).access())
                .isEqualTo("app:hello:read,write repository:hello:push,pull");
        assertThat(server.get("/token?" + scopes, bob).access())
                .isEqualTo("app:hello:read,write repository:hello:push,pull");
        assertThat(server.get("/token?" + scopes, alice).access())
                .isEqualTo("app:hello:read,write repository:alice/own:pull,push,delete repository:hello:push,pull");
        assertThat(server.get("/token?" + scopes, admin()).access())
                .isEqualTo("app:hello:read,write registry:catalog:* repository:alice/own:pull,push,delete"
                        + " repository:hello:push,pull,delete");
        assertThat(server.get("/token?" + scopes, service("@notifier")).access())
                .isEqualTo("registry:catalog:* repository:alice/own:pull repository:hello:pull,delete");
    }

    @Test
    void grantingNothingIsNoError() {
        Reply reply = server.get("/token?scope=repository:alice/own:pull", bob);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.access()).isEmpty();
        assertThat(server.get("/token?scope=repository:alice/own:pull", null).access())
                .isEmpty();
    }

    @Test
    void theRightsAreTheSameByWhicheverWayTheCredentialsCome() {
        String scope = "repository:alice/own:pull,push,delete repository:hello:pull,push,delete registry:catalog:*";
        String query = "/token?scope=" + scope.replace(' ', '+');
        String expected = server.get(query, alice).access();
        String refreshToken = server.get("/token?offline_token=true", alice).text("refresh_token");

        Reply password = server.form(
                null, "grant_type", "password", "username", "alice", "password", "alice-password", "scope", scope);
        Reply refresh = server.form(null, "grant_type", "refresh_token", "refresh_token", refreshToken, "scope", scope);
        Reply header = server.form(alice, "grant_type", "password", "scope", scope);

        assertThat(expected).contains("alice/own:pull,push,delete");
        assertThat(List.of(password, refresh, header)).allSatisfy(reply -> {
            assertThat(reply.access()).isEqualTo(expected);
            assertThat(reply.claims().getSubject()).isEqualTo("alice");
            assertThat(reply.text("scope").split(" "))
                    .containsExactlyInAnyOrder("repository:alice/own:pull,push,delete", "repository:hello:pull,push");
            assertThat(reply.text("access_token")).isEqualTo(reply.text("token"));
            assertThat(reply.json().path("expires_in").intValue()).isEqualTo(90);
        });
    }

    @Test
    void takesRepeatedScopesInAForm() {
        Reply reply = server.form(
                null,
                "grant_type",
                "password",
                "client_id",
                "x",
                "username",
                "bob",
                "password",
                "bob-password",
                "service",
                "rac.test",
                "scope",
                "repository:a:pull",
                "scope",
                "repository:b:pull repository:alice/own:pull");

        assertThat(reply.access()).isEqualTo("repository:a:pull repository:b:pull");
        assertThat(reply.text("scope")).isEqualTo("repository:a:pull repository:b:pull");
    }

    @ParameterizedTest
    @CsvSource({
        "'repository:hello:pull,', repository:hello:pull",
        "'repository:hello:pull,pull', repository:hello:pull",
        "'repository:hello:,,pull', repository:hello:pull",
        "'repository:hello:pull repository:hello:push,pull', 'repository:hello:pull,push'",
        "'  repository:hello:pull  ', repository:hello:pull",
        "repository(plugin):hello:pull, repository:hello:pull",
        "repository:hello:, ''",
        "repository:hello:admin, ''",
        "repository:hello:*, ''",
        "repository:rac.test:5000/hello:pull, ''",
        "registry:catalog:*, ''",
        "registry:other:*, ''",
        "'app:hello:pull,push', ''",
        "'repository:hello:read,write', ''",
        "nothing:known:here, ''",
    })
    void aScopeThatIsOddButValidIsNoError(String scope, String granted) {
        String query = "/token?scope=" + scope.replace(' ', '+');

        assertThat(server.get(query, bob).access()).isEqualTo(granted);
        assertThat(server.form(bob, "grant_type", "password", "scope", scope).access())
                .isEqualTo(granted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass:word::", ":password", "pass word ", "pässwörd€😀", "100%+&=?#/", "rac_password"})
    void aPasswordMayHaveWhatProtocolsUse(String password) {
        String name = "u" + Integer.toHexString(password.hashCode());
        server.send("POST", "/users", null, Map.of("name", name, "password", password));

        assertThat(server.get("/token", basic(name, password)).claims().getSubject())
                .isEqualTo(name);
        assertThat(server.form(null, "grant_type", "password", "username", name, "password", password)
                        .claims()
                        .getSubject())
                .isEqualTo(name);
    }

    @Test
    void anonymousGetsATokenByPostToo() {
        Reply reply = server.form(null, "grant_type", "password", "scope", "repository:hello:pull");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.claims().getSubject()).isEmpty();
        assertThat(reply.access()).isEqualTo("repository:hello:pull");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=utf-8",
                "Application/X-WWW-Form-Urlencoded;charset=UTF-8",
                "application/x-www-form-urlencoded; charset=nonsense",
            })
    void toleratesACharset(String contentType) {
        Reply reply = server.send(HttpRequest.newBuilder(server.uri("/token"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(
                        "grant_type=password&username=alice&password=alice-password&scope=repository%3Aa%3Apull")));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.claims().getSubject()).isEqualTo("alice");
    }

    @Test
    void aLoginWithoutAScopeProvesTheCredentials() {
        assertThat(server.get("/token?account=alice&client_id=docker&service=rac.test", alice)
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/token?account=alice&service=rac.test", basic("alice", "wrong-password"))
                        .status())
                .isEqualTo(401);
        assertThat(server.get("/token?account=garbage&service=rac.test", null).status())
                .isEqualTo(401);
        assertThat(server.get("/token?service=rac.test&scope=", null).status()).isEqualTo(401);
        assertThat(server.form(null, "grant_type", "password").status()).isEqualTo(401);
    }

    @Test
    void theAccountDecidesNothing() {
        Reply reply = server.get("/token?account=alice&account=admin&scope=repository:alice/own:pull", bob);

        assertThat(reply.claims().getSubject()).isEqualTo("bob");
        assertThat(reply.access()).isEmpty();
        assertThat(server.get("/token?account=alice&scope=repository:alice/own:pull", null)
                        .access())
                .isEmpty();
        assertThat(server.form(
                                null,
                                "account",
                                "alice",
                                "grant_type",
                                "password",
                                "username",
                                "bob",
                                "password",
                                "bob-password",
                                "scope",
                                "repository:alice/own:pull")
                        .access())
                .isEmpty();
    }

    @Test
    void withoutAnonymousPushAnonymousPulls(@TempDir Path data) {
        try (var other = AuthServer.start(data, "RAC_ANONYMOUS_PUSH", "false")) {
            assertThat(other.get("/token?scope=repository:hello:pull,push", null)
                            .access())
                    .isEqualTo("repository:hello:pull");
            assertThat(other.get("/token?scope=repository:hello:pull,push", other.signUp("alice"))
                            .access())
                    .isEqualTo("repository:hello:pull,push");
        }
    }

    @Test
    void countsRequestsByGrantAndOutcome() {
        server.get("/token?scope=repository:hello:pull", null);
        server.get("/token?scope=repository:hello:pull", basic("alice", "wrong-password"));
        server.get("/token?scope=x", alice);
        server.form(null, "grant_type", "refresh_token", "refresh_token", "x");

        assertThat(server.get("/metrics", null).body())
                .contains("rac_token_requests_seconds_count{grant=\"anonymous\",outcome=\"granted\"}")
                .contains("rac_token_requests_seconds_count{grant=\"password\",outcome=\"denied\"}")
                .contains("rac_token_requests_seconds_count{grant=\"unknown\",outcome=\"invalid\"}")
                .contains("rac_token_requests_seconds_count{grant=\"refresh_token\",outcome=\"denied\"}")
                .contains("rac_token_requests_seconds_bucket{grant=\"anonymous\",outcome=\"granted\",le=\"0.005\"}");
    }

    @Test
    void isReadyWithADatabaseAndAValidCertificate(@TempDir Path data) {
        var clock = new MutableClock(Instant.now());
        try (var other = AuthServer.start(data, clock)) {
            assertThat(other.get("/readyz", null).status()).isEqualTo(200);
            // The disk refuses the next certificate until the current one has expired.
            assertThat(data.resolve("certs/signing.pem.tmp/full").toFile().mkdirs())
                    .isTrue();
            clock.advance(Duration.ofDays(366));

            Reply reply = other.get("/readyz", null);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().path("failures").path("signing-certificate").asString(""))
                    .contains("expired");
            assertThat(other.get("/healthz", null).status()).isEqualTo(200);
        }
    }
}
