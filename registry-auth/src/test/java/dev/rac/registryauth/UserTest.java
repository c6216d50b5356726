package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserTest {
    private static AuthServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void signsUpAndSeesThemself() {
        Reply created = create("carol", "carol-password");
        Reply me = server.get("/users/me", basic("carol", "carol-password"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().propertyNames())
                .containsExactlyInAnyOrder("name", "administrator", "disabled", "origin", "created_at");
        assertThat(created.text("name")).isEqualTo("carol");
        assertThat(created.json().path("administrator").booleanValue()).isFalse();
        assertThat(Instant.parse(created.text("created_at"))).isBefore(Instant.now());
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.text("name")).isEqualTo("carol");
        assertThat(server.get("/users/me", admin()).json().path("administrator").booleanValue())
                .isTrue();
    }

    @Test
    void aNameIsGivenOnce() {
        assertThat(create("dora", "dora-password").status()).isEqualTo(201);
        Reply again = create("dora", "other-password");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("type")).isEqualTo("urn:rac:conflict");
        assertThat(create("admin", "other-password").status()).isEqualTo(409);
        assertThat(server.get("/users/me", basic("dora", "other-password")).status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ab", "a1", "alice.b", "a_b", "a__b", "a-b", "a--b", "00", "abcdefghijklmnopqrstuvwxyz012345"})
    void takesNamesThatCanBeAPartOfARepositorysName(String name) {
        assertThat(create(name, "some-password").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "A",
                "Alice",
                "a b",
                "a/b",
                "a:b",
                "@pull",
                "@x",
                "-a",
                "a-",
                "a..b",
                "a_",
                "ä",
                "аlice",
                "al\\nice",
                "abcdefghijklmnopqrstuvwxyz0123456",
                "a\\u0000b",
                "..",
                "a*"
            })
    void refusesOtherNames(String name) {
        Reply reply = server.send("POST", "/users", null, "{\"name\":\"" + name + "\",\"password\":\"some-password\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).contains("2 to 32");
    }

    static Stream<String> badPasswords() {
        return Stream.of(
                "", "1234567", "x".repeat(73), "é".repeat(37), "1234567\\n", "1234567\\u0000", "12345678\\ud800");
    }

    @ParameterizedTest
    @MethodSource("badPasswords")
    void refusesPasswordsThatBcryptWouldNotSeeWhole(String password) {
        Reply reply = server.send("POST", "/users", null, "{\"name\":\"erin\",\"password\":\"" + password + "\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).contains("password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "x",
                "{",
                "{}",
                "{\"name\":\"erin\"}",
                "{\"password\":\"12345678\"}",
                "{\"name\":{},\"password\":\"12345678\"}",
                "{\"name\":\"erin\",\"password\":[1]}"
            })
    void refusesBodiesThatAreNotIt(String body) {
        Reply reply = server.send("POST", "/users", null, body);

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void nobodyMakesThemselfAdministrator() {
        Reply reply = server.send(
                "POST",
                "/users",
                null,
                Map.of("name", "mallory", "password", "mallory-password", "administrator", true, "admin", true));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(server.get("/users/me", basic("mallory", "mallory-password"))
                        .json()
                        .path("administrator")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void changesThePasswordAtOnce() {
        String frank = server.signUp("frank");
        // Right ones are remembered; a change must not wait for that to end.
        assertThat(server.get("/token", frank).status()).isEqualTo(200);

        assertThat(change(frank, "frank-password", "second-password").status()).isEqualTo(204);

        assertThat(server.get("/token", frank).status()).isEqualTo(401);
        assertThat(server.get("/users/me", frank).status()).isEqualTo(401);
        assertThat(server.get("/token", basic("frank", "second-password")).status())
                .isEqualTo(200);
    }

    @Test
    void changesNothingWithoutTheCurrentPassword() {
        String grace = server.signUp("grace");

        assertThat(change(grace, "wrong-password", "second-password").status()).isEqualTo(403);
        assertThat(change(grace, "grace-password", "short").status()).isEqualTo(400);
        assertThat(change(grace, "grace-password", "x".repeat(73)).status()).isEqualTo(400);
        assertThat(server.send("PUT", "/users/me/password", grace, Map.of("new", "second-password"))
                        .status())
                .isEqualTo(403);
        assertThat(server.send("PUT", "/users/me/password", grace, "{}").status())
                .isEqualTo(400);
        assertThat(change(basic("grace", "wrong-password"), "grace-password", "second-password")
                        .status())
                .isEqualTo(401);
        assertThat(server.get("/users/me", grace).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /users/me", "PUT /users/me/password", "GET /claims", "POST /claim", "GET /claims/a"})
    void isForUsersWithAPasswordOnly(String call) {
        String method = call.split(" ", 2)[0];
        String path = call.split(" ", 2)[1];
        String token = server.get("/token", admin()).text("token");

        Reply anonymous = server.send(method, path, null, "{}");
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.header("WWW-Authenticate")).startsWith("Basic realm=");
        Reply bearer = server.send(method, path, "Bearer " + token, "{}");
        assertThat(bearer.status()).isEqualTo(401);
        assertThat(bearer.text("detail")).contains("send Basic credentials");
        assertThat(server.send(method, path, service("@notifier"), "{}").status())
                .isEqualTo(403);
    }

    @Test
    void whereSignUpIsClosedOnlyTheAdministratorAddsUsers(@TempDir Path data) {
        try (var closed = AuthServer.start(data, "RAC_SIGNUP", "closed")) {
            Map<String, String> heidi = Map.of("name", "heidi", "password", "heidi-password");
            assertThat(closed.send("POST", "/users", null, heidi).status()).isEqualTo(401);
            assertThat(closed.send("POST", "/users", basic("admin", "x"), heidi).status())
                    .isEqualTo(401);
            assertThat(closed.send("POST", "/users", service("@notifier"), heidi)
                            .status())
                    .isEqualTo(403);
            assertThat(closed.send("POST", "/users", admin(), heidi).status()).isEqualTo(201);
            assertThat(closed.send(
                                    "POST",
                                    "/users",
                                    basic("heidi", "heidi-password"),
                                    Map.of("name", "ivan", "password", "ivan-password"))
                            .status())
                    .isEqualTo(403);
        }
    }

    private static Reply create(String name, String password) {
        return server.send("POST", "/users", null, Map.of("name", name, "password", password));
    }

    private static Reply change(String authorization, String current, String next) {
        return server.send("PUT", "/users/me/password", authorization, Map.of("current", current, "new", next));
    }
}
