package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is granted depends on who is asking and for what, never on the way in which they prove who they are. */
class SameRightsTest {
    private static final List<String> REPOSITORIES = List.of(
            "hello",
            "alice/own",
            "bob/own",
            "admin/own",
            "alice/a/b",
            "space/a/b",
            "open/site",
            "shared/read",
            "shared/all");
    private static final List<String> USERS = List.of("alice", "bob", "admin");
    private static final List<String> SCOPES = List.of(
            "repository:%s:pull",
            "repository:%s:push",
            "repository:%s:pull,push",
            "repository:%s:push,pull",
            "repository:%s:delete",
            "repository:%s:*",
            "repository:%s:pull,push,delete,read,write,*,admin",
            "repository(plugin):%s:pull",
            "repository:localhost:5000/%s:pull,push",
            "app:%s:read",
            "app:%s:read,write",
            "app:%s:pull,push,delete",
            "registry:catalog:*",
            "registry:catalog:* registry:other:* other:%s:pull",
            "repository:hello:pull,push repository:%s:pull,push,delete",
            "repository:%s:pull app:%s:write repository:%s:push",
            "");

    private static final Map<String, String> PASSWORDS = new LinkedHashMap<>();
    private static final Map<String, String> REFRESH_TOKENS = new LinkedHashMap<>();
    private static final Map<String, String> ACCESS_TOKENS = new LinkedHashMap<>();

    private static AuthServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data, "RAC_ANONYMOUS_PUSH", "false");
        String alice = server.signUp("alice");
        String bob = server.signUp("bob");
        claim(alice, "alice/own");
        claim(bob, "bob/own");
        claim(admin(), "admin/own");
        claim(alice, "space/*");
        claim(alice, "open/site");
        assertThat(server.send("PATCH", "/claims/open/site", alice, Map.of("public", true))
                        .status())
                .isEqualTo(200);
        for (var shared : Map.of("shared/read", "reader", "shared/all", "admin").entrySet()) {
            claim(alice, shared.getKey());
            assertThat(server.send(
                                    "PUT",
                                    "/claims/" + shared.getKey() + "/-/members/bob",
                                    alice,
                                    Map.of("role", shared.getValue()))
                            .status())
                    .isLessThan(300);
        }
        PASSWORDS.putAll(Map.of("alice", "alice-password", "bob", "bob-password", "admin", AuthServer.ADMIN_PASSWORD));
        for (String user : USERS) {
            String authorization = basic(user, Objects.requireNonNull(PASSWORDS.get(user)));
            REFRESH_TOKENS.put(
                    user, server.get("/token?offline_token=true", authorization).text("refresh_token"));
            Map<String, Object> everything = Map.of(
                    "name",
                    "everything",
                    "repositories",
                    REPOSITORIES,
                    "actions",
                    List.of("pull", "push", "delete", "read", "write"));
            ACCESS_TOKENS.put(
                    user,
                    server.send("POST", "/access-tokens", authorization, everything)
                            .text("token"));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> questions() {
        return USERS.stream()
                .flatMap(user -> REPOSITORIES.stream()
                        .flatMap(repository ->
                                SCOPES.stream().map(scope -> Arguments.of(user, scope.replace("%s", repository)))));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void rightsAreTheSameWhicheverWayACredentialComes(String user, String scope) {
        String password = Objects.requireNonNull(PASSWORDS.get(user));
        String token = Objects.requireNonNull(ACCESS_TOKENS.get(user));
        String expected = get(basic(user, password), scope);

        Map<String, String> granted = new LinkedHashMap<>();
        granted.put("POST password", post(user, password, scope));
        granted.put("POST with Basic", form(basic(user, password), scope));
        granted.put(
                "POST refresh token",
                server.form(
                                null,
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                Objects.requireNonNull(REFRESH_TOKENS.get(user)),
                                "scope",
                                scope)
                        .access());
        assertThat(granted).allSatisfy((way, access) -> assertThat(access).isEqualTo(expected));

        // No access token is for the catalogue, which is no repository.
        String limited = Stream.of(expected.split(" "))
                .filter(access -> !access.startsWith("registry:"))
                .reduce((one, other) -> one + " " + other)
                .orElse("");
        granted.clear();
        granted.put("access token as Basic", get(basic(user, token), scope));
        granted.put("access token as Bearer", get("Bearer " + token, scope));
        granted.put("POST access token", post(user, token, scope));
        granted.put("POST with access token as Basic", form(basic(user, token), scope));
        granted.put("POST with access token as Bearer", form("Bearer " + token, scope));
        assertThat(granted).allSatisfy((way, access) -> assertThat(access).isEqualTo(limited));
    }

    private static String get(String authorization, String scope) {
        return server.get("/token?account=x&scope=" + scope.replace(' ', '+'), authorization)
                .access();
    }

    private static String post(String user, String password, String scope) {
        return server.form(null, "grant_type", "password", "username", user, "password", password, "scope", scope)
                .access();
    }

    private static String form(String authorization, String scope) {
        return server.form(authorization, "grant_type", "password", "scope", scope)
                .access();
    }

    private static void claim(String authorization, String repository) {
        assertThat(server.send("POST", "/claim", authorization, Map.of("repository", repository))
                        .status())
                .isEqualTo(201);
    }
}
