package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of claims, visibility, handing over: who may do what with a claim itself, and what it brings them. */
class MemberTest {
    private static final Map<String, String> PEOPLE = new HashMap<>();
    private static AuthServer server;
    private static int claims;

    private String repository = "";

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data);
        for (String name : new String[] {"alice", "bob", "reader", "writer", "manager"}) {
            PEOPLE.put(name, server.signUp(name));
        }
        PEOPLE.put("admin", admin());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void claimByAlice() {
        repository = "r" + claims++ + "/x";
        send("POST", "/claim", "alice", Map.of("repository", repository));
        put("alice", "reader", "reader");
        put("alice", "writer", "writer");
        put("alice", "manager", "admin");
    }

    @ParameterizedTest
    @CsvSource({
        // who, rights on the repository, sees, lists members, makes public, adds members, hands over, releases
        "alice,   'pull,push,delete', 200, true,  200, 204, 200, 204",
        "admin,   'pull,push,delete', 200, true,  200, 204, 200, 204",
        "manager, 'pull,push,delete', 200, true,  200, 204, 403, 403",
        "writer,  'pull,push',        200, false, 403, 403, 403, 403",
        "reader,  pull,               200, false, 403, 403, 403, 403",
        "bob,     -,                  403, false, 403, 403, 403, 403",
    })
    void rolesDecide(
            String who, String rights, int sees, boolean lists, int publish, int adds, int handsOver, int releases) {
        assertThat(granted(who)).isEqualTo(rights);
        Reply seen = send("GET", path(), who, null);
        assertThat(seen.status()).isEqualTo(sees);
        assertThat(seen.json().has("members")).isEqualTo(lists);
        assertThat(send("PATCH", path(), who, Map.of("public", true)).status()).isEqualTo(publish);
        assertThat(put(who, "bob", "reader").status()).isEqualTo(adds);
        assertThat(send("DELETE", path() + "/-/members/bob", who, null).status())
                .isEqualTo(adds);
        assertThat(send("PATCH", path(), who, Map.of("owner", "alice")).status())
                .isEqualTo(handsOver);
        assertThat(send("DELETE", path(), who, null).status()).isEqualTo(releases);
    }

    @Test
    void showsRoleAndMembers() {
        Reply owners = send("GET", path(), "alice", null);
        assertThat(owners.text("role")).isEqualTo("owner");
        assertThat(owners.json().path("public").asBoolean()).isFalse();
        assertThat(owners.json().path("members").toString())
                .isEqualTo("[{\"user\":\"manager\",\"role\":\"admin\"},{\"user\":\"reader\",\"role\":\"reader\"},"
                        + "{\"user\":\"writer\",\"role\":\"writer\"}]");
        assertThat(send("GET", path(), "reader", null).text("role")).isEqualTo("reader");
        assertThat(send("GET", path(), "admin", null).json().has("role")).isFalse();
    }

    @Test
    void aRoleIsChangedAndTakenAway() {
        assertThat(put("alice", "reader", "writer").status()).isEqualTo(204);
        assertThat(granted("reader")).isEqualTo("pull,push");

        assertThat(send("DELETE", path() + "/-/members/reader", "alice", null).status())
                .isEqualTo(204);
        assertThat(granted("reader")).isEqualTo("-");
        assertThat(send("DELETE", path() + "/-/members/reader", "alice", null).status())
                .isEqualTo(404);
    }

    @Test
    void aMemberLeavesUnasked() {
        assertThat(send("DELETE", path() + "/-/members/writer", "reader", null).status())
                .isEqualTo(403);
        assertThat(send("DELETE", path() + "/-/members/reader", "reader", null).status())
                .isEqualTo(204);
        assertThat(granted("reader")).isEqualTo("-");
    }

    @Test
    void everybodyPullsWhatIsPublicAndNobodyElseMore() {
        send("PATCH", path(), "manager", Map.of("public", true));

        assertThat(granted("bob")).isEqualTo("pull");
        assertThat(granted("reader")).isEqualTo("pull");
        assertThat(granted("writer")).isEqualTo("pull,push");
        send("PATCH", path(), "manager", Map.of("public", false));
        assertThat(granted("bob")).isEqualTo("-");
    }

    @Test
    void handingOverChangesTheOwnerAndWhatTheOldOneMay() {
        Reply handedOver = send("PATCH", path(), "alice", Map.of("owner", "manager", "public", true));

        assertThat(handedOver.status()).isEqualTo(204);
        assertThat(granted("manager")).isEqualTo("pull,push,delete");
        assertThat(granted("alice")).isEqualTo("pull");
        assertThat(granted("writer")).isEqualTo("pull,push");
        Reply seen = send("GET", path(), "manager", null);
        assertThat(seen.text("owner")).isEqualTo("manager");
        assertThat(seen.text("role")).isEqualTo("owner");
        assertThat(seen.json().path("members").size()).isEqualTo(2);
        assertThat(send("DELETE", path(), "alice", null).status()).isEqualTo(403);
        assertThat(send("PATCH", path(), "admin", Map.of("owner", "alice")).text("owner"))
                .isEqualTo("alice");
    }

    @Test
    void theAdministratorMovesAndFrees() {
        Reply moved = send("PATCH", path(), "admin", Map.of("owner", "bob"));

        assertThat(moved.text("owner")).isEqualTo("bob");
        assertThat(granted("bob")).isEqualTo("pull,push,delete");
        assertThat(send("DELETE", path(), "admin", null).status()).isEqualTo(204);
        assertThat(granted("bob")).isEqualTo("pull,push");
    }

    @Test
    void nobodyWhoDoesNotExistGetsAnything() {
        assertThat(put("alice", "nobody", "reader").status()).isEqualTo(404);
        assertThat(put("alice", "@notifier", "reader").status()).isEqualTo(404);
        assertThat(put("alice", "a%20b", "reader").status()).isEqualTo(404);
        Reply handedOver = send("PATCH", path(), "alice", Map.of("owner", "nobody"));
        assertThat(handedOver.status()).isEqualTo(400);
        assertThat(handedOver.text("detail")).contains("no such user");
        assertThat(send("PATCH", path(), "alice", Map.of("owner", "")).status()).isEqualTo(400);
        assertThat(send("GET", path(), "alice", null).text("owner")).isEqualTo("alice");
    }

    @Test
    void theOwnerIsNoMemberBeside() {
        assertThat(put("alice", "alice", "reader").status()).isEqualTo(409);
        assertThat(put("manager", "alice", "reader").status()).isEqualTo(409);
        assertThat(granted("alice")).isEqualTo("pull,push,delete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"role\":null}",
                "{\"role\":\"\"}",
                "{\"role\":\"owner\"}",
                "{\"role\":\"Reader\"}",
                "{\"role\":[\"reader\"]}",
                "{\"role\":\"READER \"}",
                "null",
                "[]",
                "reader",
                ""
            })
    void aMemberNeedsOneOfThreeRoles(String body) {
        Reply reply = send("PUT", path() + "/-/members/bob", "alice", body);

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(granted("bob")).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"public\":\"yes\"}",
                "{\"public\":null}",
                "{\"owner\":null}",
                "{\"owner\":[]}",
                "{\"created_at\":\"2020-01-01T00:00:00Z\"}",
                "null",
                "[]",
                "x",
                ""
            })
    void aChangeNeedsSomethingToChange(String body) {
        assertThat(send("PATCH", path(), "alice", body).status()).isEqualTo(400);
    }

    @Test
    void membersOfANamespaceAreMembersOfWhatItsOwnerClaimsInIt() {
        String namespace = "inherited" + claims++;
        send("POST", "/claim", "bob", Map.of("repository", namespace + "/bobs"));
        send("POST", "/claim", "alice", Map.of("repository", namespace + "/*"));
        server.send(
                "PUT", "/claims/" + namespace + "/*/-/members/writer", PEOPLE.get("alice"), Map.of("role", "writer"));
        server.send(
                "PUT", "/claims/" + namespace + "/*/-/members/manager", PEOPLE.get("alice"), Map.of("role", "admin"));
        repository = namespace + "/own";
        send("POST", "/claim", "alice", Map.of("repository", repository));
        put("alice", "writer", "reader");

        // Of two roles the higher one counts.
        assertThat(granted("writer")).isEqualTo("pull,push");
        assertThat(granted("manager")).isEqualTo("pull,push,delete");
        assertThat(send("PATCH", path(), "manager", Map.of("public", false)).status())
                .isEqualTo(200);
        assertThat(put("manager", "reader", "reader").status()).isEqualTo(204);
        repository = namespace + "/unclaimed/deep";
        assertThat(granted("writer")).isEqualTo("pull,push");
        // What another user holds in it stays theirs alone.
        repository = namespace + "/bobs";
        assertThat(granted("writer")).isEqualTo("-");
        assertThat(granted("manager")).isEqualTo("-");
        assertThat(send("GET", path(), "manager", null).status()).isEqualTo(403);
    }

    @Test
    void listsWhatOneOwnsAndIsAMemberOfAPartAtATime() {
        PEOPLE.put("lister", server.signUp("lister"));
        for (String name : new String[] {"a", "c", "e/*"}) {
            send("POST", "/claim", "lister", Map.of("repository", "list/" + name));
        }
        for (String name : new String[] {"b", "d"}) {
            repository = "list/" + name;
            send("POST", "/claim", "alice", Map.of("repository", repository));
            put("alice", "lister", "writer");
        }

        Reply first = send("GET", "/claims?limit=2", "lister", null);
        Reply second = server.get(next(first), PEOPLE.get("lister"));
        Reply third = server.get(next(second), PEOPLE.get("lister"));

        assertThat(names(first)).isEqualTo("list/a:owner list/b:writer");
        assertThat(names(second)).isEqualTo("list/c:owner list/d:writer");
        assertThat(names(third)).isEqualTo("list/e/*:owner");
        assertThat(third.header("Link")).isEmpty();
        assertThat(send("GET", "/claims?after=list/d", "lister", null).json().size())
                .isEqualTo(1);
        assertThat(send("GET", "/claims?all=true", "lister", null).status()).isEqualTo(403);
        assertThat(send("GET", "/claims?all=false", "lister", null).json().size())
                .isEqualTo(5);
        Reply all = send("GET", "/claims?all=true&limit=3&after=list/a", "admin", null);
        assertThat(all.json()
                        .valueStream()
                        .map(claim -> claim.path("repository").asString("")))
                .containsExactly("list/b", "list/c", "list/d");
        assertThat(next(all)).contains("all=true", "limit=3", "after=list%2Fd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=-1", "limit=x", "limit=", "all=yes", "all="})
    void aListTakesNoOtherParameters(String query) {
        assertThat(send("GET", "/claims?" + query, "alice", null).status()).isEqualTo(400);
    }

    private static String next(Reply reply) {
        assertThat(reply.header("Link")).matches("</claims\\?.*>; rel=\"next\"");
        return reply.header("Link").replaceAll("<(.*)>.*", "$1");
    }

    private static String names(Reply reply) {
        return String.join(
                " ",
                reply.json()
                        .valueStream()
                        .map(claim -> claim.path("repository").asString("") + ":"
                                + claim.path("role").asString(""))
                        .toList());
    }

    private String path() {
        return "/claims/" + repository;
    }

    private Reply put(String who, String member, String role) {
        return send("PUT", path() + "/-/members/" + member, who, Map.of("role", role));
    }

    private static Reply send(String method, String path, String who, @Nullable Object body) {
        return server.send(method, path, Objects.requireNonNull(PEOPLE.get(who)), body);
    }

    private String granted(String who) {
        String access = server.get("/token?scope=repository:" + repository + ":pull,push,delete", PEOPLE.get(who))
                .access();
        return access.isEmpty() ? "-" : access.substring(access.lastIndexOf(':') + 1);
    }
}
