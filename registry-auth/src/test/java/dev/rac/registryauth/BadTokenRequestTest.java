package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadTokenRequestTest {
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

    static Stream<Arguments> invalidQueries() {
        return Stream.of(
                Arguments.of("scope=repository:hello", "type:name:action"),
                Arguments.of("scope=repository:hello:pull&scope=x", "type:name:action"),
                Arguments.of("scope=repository:Hello:pull", "lower-case"),
                Arguments.of("scope=repository:..%2fhello:pull", "type:name:action"),
                Arguments.of("scope=repository:a%252fb:pull", "type:name:action"),
                Arguments.of("scope=repository:a%0ab:pull", "type:name:action"),
                Arguments.of("scope=repository:" + "a".repeat(256) + ":pull", "255"),
                Arguments.of("scope=%D0%B0:b:pull", "type:name:action"),
                Arguments.of("scope=Xrepository:a:pull", "type:name:action"),
                Arguments.of("scope=Repository:a:pull", "type:name:action"),
                Arguments.of("scope=repository:a//b:pull", "type:name:action"),
                Arguments.of("scope=repository:/a:pull", "type:name:action"),
                Arguments.of("scope=repository:a/:pull", "type:name:action"),
                Arguments.of("scope=repository:../a:pull", "type:name:action"),
                Arguments.of("scope=repository:a:PULL", "type:name:action"),
                Arguments.of("scope=repository:a:pull;push", "type:name:action"),
                Arguments.of("scope=repository:%EF%BD%81:pull", "type:name:action"),
                Arguments.of("scope=repository:a%00:pull", "type:name:action"),
                Arguments.of("scope=repository:a%E2%80%8B:pull", "type:name:action"),
                Arguments.of("scope=repository((plugin)):a:pull", "type:name:action"),
                Arguments.of("scope=:a:pull", "type:name:action"),
                Arguments.of("scope=repository::pull", "type:name:action"),
                Arguments.of("service=localhost%00", "\"localhost\" only"),
                Arguments.of("service=LOCALHOST", "\"localhost\" only"),
                Arguments.of("service=other&scope=repository:a:pull", "\"localhost\" only"),
                Arguments.of("service=localhost&service=other", "more than once"),
                Arguments.of("offline_token=true&offline_token=false", "more than once"));
    }

    @ParameterizedTest
    @MethodSource("invalidQueries")
    void anInvalidQueryIsA400ThatSaysWhy(String query, String reason) {
        for (String authorization : new String[] {alice, basic("alice", "wrong-password")}) {
            Reply reply = server.get("/token?" + query, authorization);

            assertThat(reply.status()).as("%s", reply).isEqualTo(400);
            assertThat(reply.text("detail")).contains(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope=%zz", "scope=%", "%e=", "service=%c3%28%g0", "scope=a b", "scope=\u0000"})
    void aQueryThatIsNoUrlIsA400(String query) throws IOException {
        // The HTTP client would not send it.
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.auth().uri().getPort())) {
            String request = "GET /token?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
    }

    static Stream<Arguments> invalidForms() {
        return Stream.of(
                Arguments.of("", 400, "invalid_request"),
                Arguments.of("scope=repository:a:pull", 400, "invalid_request"),
                Arguments.of("grant_type=", 400, "invalid_request"),
                Arguments.of("grant_type=client_credentials", 400, "unsupported_grant_type"),
                Arguments.of("grant_type=PASSWORD", 400, "unsupported_grant_type"),
                Arguments.of("grant_type=password&grant_type=refresh_token", 400, "invalid_request"),
                Arguments.of("grant_type=refresh_token", 400, "invalid_request"),
                Arguments.of("grant_type=refresh_token&refresh_token=a&refresh_token=b", 400, "invalid_request"),
                Arguments.of("grant_type=password&username=alice&username=bob", 400, "invalid_request"),
                Arguments.of("grant_type=password&username=alice&password=a&password=b", 400, "invalid_request"),
                Arguments.of("grant_type=password&service=other&scope=repository:a:pull", 400, "invalid_request"),
                Arguments.of("grant_type=password&scope=repository", 400, "invalid_scope"),
                Arguments.of("grant_type=password&scope=%zz", 400, "invalid_request"),
                Arguments.of("{\"grant_type\":\"password\"}", 400, "invalid_request"),
                Arguments.of("&&&=&=x&grant_type", 400, "invalid_request"));
    }

    @ParameterizedTest
    @MethodSource("invalidForms")
    void anInvalidFormIsA400InTheWordsOfOAuth2(String form, int status, String error) {
        Reply reply = post("application/x-www-form-urlencoded", form);

        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(reply.text("error")).isEqualTo(error);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void credentialsInTwoPlacesAreInvalid() {
        Reply reply = server.form(alice, "grant_type", "password", "username", "alice", "password", "alice-password");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error_description")).contains("both in the form and in the Authorization header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data; boundary=x", "text/plain", "x"})
    void anotherBodyThanAFormIsA415(String contentType) {
        Reply reply = post(contentType, "{\"grant_type\":\"password\"}");

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.text("type")).isEqualTo("urn:rac:unsupported-media-type");
    }

    @Test
    void boundsWhatIsSent() {
        String thousand = IntStream.range(0, 1000)
                .mapToObj(i -> "repository:a" + i + ":pull")
                .collect(Collectors.joining(" "));
        Reply many = server.form(null, "grant_type", "password", "scope", thousand);
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.text("detail")).contains("more than 200");

        Reply tooLong = post("application/x-www-form-urlencoded", "grant_type=password&x=" + "x".repeat(1_048_576));
        assertThat(tooLong.status()).isEqualTo(413);

        Reply long414 = server.get("/token?scope=" + "repository:a:pull+".repeat(5000), null);
        assertThat(long414.status()).isBetween(400, 499);
        assertThat(server.get("/token?scope=repository:a:pull", null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void otherMethodsAreA405(String method) {
        assertThat(server.send(method, "/token", alice, Map.of()).status()).isEqualTo(405);
    }

    private static Reply post(String contentType, String body) {
        return server.send(HttpRequest.newBuilder(server.uri("/token"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }
}
