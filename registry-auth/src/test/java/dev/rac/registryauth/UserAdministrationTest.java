package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserAdministrationTest {
    @TempDir
    private Path data;

    private AuthServer server;

    @BeforeEach
    void start() {
        server = AuthServer.start(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theAdministratorListsUsersInPages() {
        List.of("carol", "alice", "bob", "dave").forEach(server::signUp);

        assertThat(names("/users")).containsExactly("admin", "alice", "bob", "carol", "dave");
        assertThat(names("/users?limit=2")).containsExactly("admin", "alice");
        assertThat(names("/users?after=alice&limit=2")).containsExactly("bob", "carol");
        assertThat(names("/users?after=bo")).containsExactly("bob", "carol", "dave");
        assertThat(names("/users?after=dave")).isEmpty();
        assertThat(server.get("/users", admin()).body()).doesNotContain("$2b$").doesNotContain("hash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "x", "1.5", "99999999999", ""})
    void refusesLimitsThatAreNone(String limit) {
        assertThat(server.get("/users?limit=" + limit, admin()).status()).isEqualTo(400);
    }

    @Test
    void theAdministratorSeesAUser() {
        server.signUp("alice");

        Reply alice = server.get("/users/alice", admin());
        assertThat(alice.status()).isEqualTo(200);
        assertThat(alice.text("name")).isEqualTo("alice");
        assertThat(alice.text("origin")).isEqualTo("own");
        assertThat(alice.json().path("disabled").booleanValue(true)).isFalse();
        assertThat(server.get("/users/bob", admin()).status()).isEqualTo(404);
        assertThat(server.get("/users/%3Cscript%3E", admin()).body()).doesNotContain("script");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /users",
        "GET, /users/bob",
        "PATCH, /users/bob",
        "DELETE, /users/bob",
        "PUT, /users/bob/password",
    })
    void nobodyElseAdministers(String method, String path) {
        String alice = server.signUp("alice");
        String bob = server.signUp("bob");
        Object body = method.equals("PATCH") ? Map.of("disabled", true) : Map.of("new", "other-password");

        assertThat(server.send(method, path, null, body).status()).isEqualTo(401);
        assertThat(server.send(method, path, alice, body).status()).isEqualTo(403);
        assertThat(server.send(method, path, bob, body).status()).isEqualTo(403);
        assertThat(server.get("/users/me", bob).status()).isEqualTo(200);
    }

    @Test
    void aDisabledUserLogsInNowhere() {
        String alice = server.signUp("alice");
        // A right password is remembered; that must not outlive the disabling.
        String refresh = refreshToken(alice);
        assertThat(redeem(refresh).status()).isEqualTo(200);

        Reply disabled = patch("alice", Map.of("disabled", true));

        assertThat(disabled.status()).isEqualTo(200);
        assertThat(disabled.json().path("disabled").booleanValue()).isTrue();
        assertThat(server.get("/users/me", alice).status()).isEqualTo(401);
        assertThat(server.get("/token", alice).body())
                .isEqualTo(
                        server.get("/token", basic("alice", "wrong-password")).body());
        assertThat(server.form(null, "grant_type", "password", "username", "alice", "password", "alice-password")
                        .status())
                .isEqualTo(401);
        assertThat(redeem(refresh).status()).isEqualTo(401);

        assertThat(patch("alice", Map.of("disabled", false)).status()).isEqualTo(200);
        assertThat(server.get("/token", alice).status()).isEqualTo(200);
        assertThat(redeem(refresh).status()).isEqualTo(401);
    }

    @Test
    void disablingTwiceEndsNothingMore() {
        server.signUp("alice");
        assertThat(patch("alice", Map.of("disabled", true)).status()).isEqualTo(200);
        assertThat(patch("alice", Map.of("disabled", true)).status()).isEqualTo(200);
        assertThat(patch("alice", Map.of("disabled", false)).status()).isEqualTo(200);
        assertThat(server.get("/token", basic("alice", "alice-password")).status())
                .isEqualTo(200);
    }

    @Test
    void theAdministratorMakesOthersAdministratorsAndBack() {
        String alice = server.signUp("alice");

        assertThat(patch("alice", Map.of("administrator", true)).status()).isEqualTo(200);
        assertThat(server.get("/users", alice).status()).isEqualTo(200);
        assertThat(patch("alice", Map.of("administrator", false)).status()).isEqualTo(200);
        assertThat(server.get("/users", alice).status()).isEqualTo(403);
    }

    @Test
    void anAdministratorWhoMayLogInAlwaysRemains() {
        String alice = server.signUp("alice");
        patch("alice", Map.of("administrator", true));
        patch("alice", Map.of("disabled", true));

        assertThat(patch("admin", Map.of("administrator", false)).status()).isEqualTo(409);
        assertThat(patch("admin", Map.of("disabled", true)).status()).isEqualTo(409);
        assertThat(server.send("DELETE", "/users/admin", admin(), null).status())
                .isEqualTo(409);
        Reply reply = server.send("DELETE", "/users/me", admin(), null);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text("detail")).contains("last administrator");

        patch("alice", Map.of("disabled", false));
        assertThat(server.send("DELETE", "/users/me", admin(), null).status()).isEqualTo(204);
        assertThat(server.send("PATCH", "/users/alice", alice, Map.of("administrator", false))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theAdministratorWhoWasDeletedDoesNotComeBackWithTheNextStart() {
        String alice = server.signUp("alice");
        patch("alice", Map.of("administrator", true));
        assertThat(server.send("DELETE", "/users/admin", alice, null).status()).isEqualTo(204);

        server.close();
        server = AuthServer.start(data);

        assertThat(server.get("/users/me", admin()).status()).isEqualTo(401);
        assertThat(server.get("/users", alice).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"disabled\":\"perhaps\"}",
                "{\"administrator\":{}}",
                "{\"name\":\"x\"}"
            })
    void refusesChangesThatAreNone(String body) {
        server.signUp("alice");
        assertThat(server.send("PATCH", "/users/alice", admin(), body).status()).isEqualTo(400);
        assertThat(patch("nobody", Map.of("disabled", true)).status()).isEqualTo(404);
    }

    @Test
    void theAdministratorResetsAPassword() {
        String alice = server.signUp("alice");
        String refresh = refreshToken(alice);

        assertThat(reset("alice", "short").status()).isEqualTo(400);
        assertThat(reset("alice", "x".repeat(73)).text("detail")).contains("72 bytes");
        assertThat(reset("nobody", "other-password").status()).isEqualTo(404);
        assertThat(reset("alice", "other-password").status()).isEqualTo(204);

        assertThat(server.get("/token", alice).status()).isEqualTo(401);
        assertThat(redeem(refresh).status()).isEqualTo(401);
        assertThat(server.get("/token", basic("alice", "other-password")).status())
                .isEqualTo(200);
    }

    @Test
    void aDeletedUsersClaimsGoToTheAdministratorAndAreNobodyElsesToGrab() {
        String alice = server.signUp("alice");
        String bob = server.signUp("bob");
        String refresh = refreshToken(alice);
        claim(alice, "alice/hello");
        claim(alice, "other");

        assertThat(server.send("DELETE", "/users/alice", admin(), null).status())
                .isEqualTo(204);

        assertThat(server.get("/claims/alice/hello", admin()).text("owner")).isEqualTo("admin");
        assertThat(server.get("/claims/other", admin()).text("owner")).isEqualTo("admin");
        assertThat(server.send("POST", "/claim", bob, Map.of("repository", "alice/hello"))
                        .status())
                .isEqualTo(409);
        assertThat(server.get("/users/me", alice).status()).isEqualTo(401);
        assertThat(redeem(refresh).status()).isEqualTo(401);
        assertThat(server.send("DELETE", "/users/alice", admin(), null).status())
                .isEqualTo(404);

        // Another one of that name, with the same password, has nothing of it.
        assertThat(server.signUp("alice")).isEqualTo(alice);
        assertThat(redeem(refresh).status()).isEqualTo(401);
        assertThat(server.get("/claims/alice/hello", alice).status()).isEqualTo(403);
    }

    @Test
    void whoDeletesThemselfIsGone() {
        String alice = server.signUp("alice");
        claim(alice, "alice/hello");

        assertThat(server.send("DELETE", "/users/me", null, null).status()).isEqualTo(401);
        assertThat(server.send("DELETE", "/users/me", alice, null).status()).isEqualTo(204);

        assertThat(server.get("/users/me", alice).status()).isEqualTo(401);
        assertThat(server.get("/claims/alice/hello", admin()).text("owner")).isEqualTo("admin");
    }

    @Test
    void withoutTheUserAdminClaimsGoToTheOldestAdministrator() {
        String bob = server.signUp("bob");
        String alice = server.signUp("alice");
        patch("alice", Map.of("administrator", true));
        patch("bob", Map.of("administrator", true));
        claim(admin(), "everybodys");
        claim(alice, "alices");

        assertThat(server.send("PATCH", "/users/admin", bob, Map.of("disabled", true))
                        .status())
                .isEqualTo(200);
        assertThat(server.send("DELETE", "/users/alice", bob, null).status()).isEqualTo(204);
        assertThat(server.send("DELETE", "/users/admin", bob, null).status()).isEqualTo(204);

        assertThat(server.get("/claims/alices", bob).text("owner")).isEqualTo("bob");
        assertThat(server.get("/claims/everybodys", bob).text("owner")).isEqualTo("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "import", "export"})
    void namesThatArePathsAreReserved(String name) {
        Reply reply = server.send("POST", "/users", null, Map.of("name", name, "password", "some-password"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).contains("reserved");
    }

    @Test
    void administratorsWhoDemoteEachOtherAtOnceLeaveOne() throws Exception {
        List<String> names = List.of("a1", "a2", "a3", "a4");
        for (int round = 0; round < 5; round++) {
            List<Callable<Integer>> attempts = new ArrayList<>();
            for (String name : names) {
                if (round == 0) {
                    server.signUp(name);
                }
                patch(name, Map.of("administrator", true));
                attempts.add(() -> patch(name, Map.of("administrator", false)).status());
            }
            attempts.add(() -> patch("admin", Map.of("administrator", false)).status());
            try (var threads = Executors.newFixedThreadPool(attempts.size())) {
                for (Future<Integer> attempt : threads.invokeAll(attempts)) {
                    assertThat(attempt.get()).isIn(200, 403, 409);
                }
            }
            String left = names.stream()
                    .filter(name -> isAdministrator(basic(name, name + "-password")))
                    .findFirst()
                    .map(name -> basic(name, name + "-password"))
                    .orElse(admin());
            assertThat(isAdministrator(left)).isTrue();
            server.send("PATCH", "/users/admin", left, Map.of("administrator", true));
        }
    }

    private boolean isAdministrator(String authorization) {
        return server.get("/users/me", authorization)
                .json()
                .path("administrator")
                .booleanValue();
    }

    private List<String> names(String path) {
        Reply reply = server.get(path, admin());
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return StreamSupport.stream(reply.json().spliterator(), false)
                .map(user -> user.path("name").asString())
                .toList();
    }

    private Reply patch(String name, Map<String, Boolean> change) {
        return server.send("PATCH", "/users/" + name, admin(), change);
    }

    private Reply reset(String name, String password) {
        return server.send("PUT", "/users/" + name + "/password", admin(), Map.of("new", password));
    }

    private void claim(String authorization, String repository) {
        assertThat(server.send("POST", "/claim", authorization, Map.of("repository", repository))
                        .status())
                .isEqualTo(201);
    }

    private String refreshToken(String authorization) {
        String token = server.get("/token?offline_token=true", authorization).text("refresh_token");
        assertThat(token).isNotEmpty();
        return token;
    }

    private Reply redeem(String refreshToken) {
        return server.form(null, "grant_type", "refresh_token", "refresh_token", refreshToken);
    }
}
