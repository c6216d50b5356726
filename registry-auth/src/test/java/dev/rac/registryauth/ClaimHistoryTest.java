package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimHistoryTest {
    private static AuthServer server;
    private static String alice;
    private static String bob;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data);
        alice = server.signUp("alice");
        bob = server.signUp("bob");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tellsWhatWasDoneTheLatestFirst() {
        server.send("POST", "/claim", alice, Map.of("repository", "told/*"));
        server.send("POST", "/claim", bob, Map.of("repository", "told/*"));
        server.send("PUT", "/claims/told/*/-/members/bob", alice, Map.of("role", "reader"));
        server.send("PATCH", "/claims/told/*", bob, Map.of("public", true));
        server.send("PATCH", "/claims/told/*", alice, Map.of("public", true));
        server.send("PATCH", "/claims/told/*", alice, Map.of("owner", "bob"));

        Reply history = server.get("/claims/told/*/-/history", bob);

        assertThat(told(history))
                .containsExactly(
                        "alice claim.hand-over true from alice to bob",
                        "alice claim.change true public",
                        "bob claim.change false ",
                        "alice claim.member true bob is reader",
                        "bob claim.create false ",
                        "alice claim.create true ");
        assertThat(told(server.get("/claims/told/*/-/history?limit=1", bob))).hasSize(1);
        assertThat(history.body()).doesNotContain("127.0.0.1");
        assertThat(server.get("/claims/told/*/-/history", admin()).body()).contains("127.0.0.1");
    }

    @Test
    void tellsWhoWasLetPushBeforeItWasClaimed() {
        server.get("/token?scope=repository:before:pull,push", null);
        server.get("/token?scope=repository:before:pull,push", bob);
        server.get("/token?scope=repository:before:pull", bob);
        server.send("POST", "/claim", alice, Map.of("repository", "before"));
        server.get("/token?scope=repository:before:pull,push", bob);

        assertThat(told(server.get("/claims/before/-/history", alice)))
                .containsExactly(
                        "bob token.write false refused pull,push",
                        "alice claim.create true ",
                        "bob token.write true granted pull,push",
                        " token.write true granted pull,push");
    }

    @Test
    void isForThoseWhoManageTheClaim() {
        server.send("POST", "/claim", alice, Map.of("repository", "kept"));
        assertThat(history("kept", bob)).isEqualTo(403);
        for (String role : new String[] {"reader", "writer"}) {
            server.send("PUT", "/claims/kept/-/members/bob", alice, Map.of("role", role));
            assertThat(history("kept", bob)).isEqualTo(403);
        }
        server.send("PUT", "/claims/kept/-/members/bob", alice, Map.of("role", "admin"));
        assertThat(history("kept", bob)).isEqualTo(200);
        assertThat(history("not-claimed", alice)).isEqualTo(404);
        assertThat(server.get("/claims/kept/-/history", null).status()).isEqualTo(401);
        assertThat(server.get("/claims/kept/-/history?limit=0", alice).status()).isEqualTo(400);
    }

    private static int history(String repository, String authorization) {
        return server.get("/claims/" + repository + "/-/history", authorization).status();
    }

    private static List<String> told(Reply reply) {
        return reply.json()
                .valueStream()
                .map(entry -> entry.path("actor").asString("") + " "
                        + entry.path("action").asString("") + " "
                        + entry.path("allowed").asBoolean() + " "
                        + entry.path("detail").asString(""))
                .toList();
    }
}
