package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongCredentialsTest {
    private static AuthServer server;
    private static String alice;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data);
        alice = server.signUp("alice");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> wrongCredentials() {
        return Stream.of(
                basic("alice", "wrong-password"),
                basic("alice", ""),
                basic("", "alice-password"),
                basic("Alice", "alice-password"),
                basic("alice ", "alice-password"),
                basic("alice", "alice-password "),
                basic("alice", "alice-password\u0000"),
                basic("alice", "alice-password" + "x".repeat(2000)),
                basic("alice\nx", "alice-password"),
                basic("alice:alice-password", "alice-password"),
                basic("nobody", "alice-password"),
                basic("nobody'; drop table auth_users; --", "x"),
                basic("x".repeat(3000), "x"),
                basic("@notifier", "wrong"),
                basic("@notifier", ""),
                basic("@", AuthServer.SERVICE_SECRET),
                basic("@Notifier", AuthServer.SERVICE_SECRET),
                basic("@x y", AuthServer.SERVICE_SECRET),
                basic("@pull", AuthServer.SERVICE_SECRET),
                basic("@pull", "x.y.z"),
                basic("@pull", ""),
                basic("admin", "admin"),
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic " + Base64.getEncoder().encodeToString("no colon".getBytes(StandardCharsets.UTF_8)),
                "Basic " + Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, ':', (byte) 0xfe}),
                "Bearer x.y.z",
                "Bearer  x",
                "Digest x=y",
                "nonsense");
    }

    @ParameterizedTest
    @MethodSource("wrongCredentials")
    void wrongCredentialsAreNeverTakenForNone(String authorization) {
        for (String scope : new String[] {"", "?scope=repository:hello:pull", "?account=alice&scope=app:a:read"}) {
            Reply reply = server.get("/token" + scope, authorization);

            assertThat(reply.status()).as("%s", reply).isEqualTo(401);
            assertProblem(reply, "urn:rac:unauthorized");
            assertThat(reply.header("WWW-Authenticate")).startsWith("Basic realm=");
        }
    }

    @Test
    void aTokenOfOursIsNoLoginHere() {
        String token = server.get("/token?scope=repository:hello:pull", alice).text("token");

        Reply reply = server.get("/token?scope=repository:hello:pull", "Bearer " + token);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text("detail")).contains("send Basic credentials");
    }

    @Test
    void twoAuthorizationHeadersAreWrong() {
        Reply reply = server.send(HttpRequest.newBuilder(server.uri("/token?scope=repository:hello:pull"))
                .header("Authorization", alice)
                .header("Authorization", alice));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text("detail")).contains("2 Authorization headers");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, wrong-password",
        "nobody, alice-password",
        "alice, ''",
        "'', alice-password",
        "@pull, x",
        "@notifier, x",
    })
    void wrongCredentialsInAFormAreA401InTheWordsOfOAuth2(String user, String password) {
        Reply reply = server.form(
                null,
                "grant_type",
                "password",
                "username",
                user,
                "password",
                password,
                "scope",
                "repository:hello:pull");

        assertThat(reply.status()).isEqualTo(401);
        assertProblem(reply, "urn:rac:unauthorized");
        assertThat(reply.text("error")).isEqualTo("invalid_grant");
        assertThat(reply.text("error_description")).isEqualTo(reply.text("detail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "0", "' or 1=1 --"})
    void aRefreshTokenThatIsNobodysIsWrongOrMissing(String token) {
        Reply reply = server.form(null, "grant_type", "refresh_token", "refresh_token", token);

        assertThat(reply.status()).isEqualTo(token.isEmpty() ? 400 : 401);
        assertThat(reply.text("error")).isEqualTo(token.isEmpty() ? "invalid_request" : "invalid_grant");
    }

    @Test
    void aNullCharacterOrNonUtf8InAFormIsAWrongPassword() {
        assertThat(post("grant_type=password&username=alice&password=%00").status())
                .isEqualTo(401);
        assertThat(post("grant_type=password&username=alice&password=%ff%fe").status())
                .isEqualTo(401);
        assertThat(post("grant_type=password&username=%00&password=%ff").status())
                .isEqualTo(401);
    }

    private static Reply post(String form) {
        return server.send(HttpRequest.newBuilder(server.uri("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static void assertProblem(Reply reply, String type) {
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.text("type")).isEqualTo(type);
        assertThat(reply.json().path("status").intValue()).isEqualTo(reply.status());
        assertThat(reply.text("title")).isNotEmpty();
        assertThat(reply.text("detail")).isNotEmpty();
    }

    @Test
    void aPasswordOfMoreThan72BytesIsToldSoWhoeverAsks() {
        String long80 = "x".repeat(80);

        for (String user : new String[] {"alice", "nobody"}) {
            Reply reply = server.get("/token?scope=repository:hello:pull", basic(user, long80));
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.text("detail")).contains("72 bytes").contains("send the first 72");
        }
    }
}
