package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims on namespaces, and claims in them. */
class NamespaceTest {
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
    void holdsAllRepositoriesBelowIt() {
        Reply claimed = claim(alice, "deep/*");

        assertThat(claimed.status()).isEqualTo(201);
        assertThat(claimed.text("repository")).isEqualTo("deep/*");
        assertThat(claim(alice, "deep/*").status()).isEqualTo(200);
        assertThat(claim(bob, "deep/*").status()).isEqualTo(409);
        for (String below : new String[] {"deep/a", "deep/a/b/c/d/e/f/g/h/i/j"}) {
            assertThat(granted(bob, below)).isEmpty();
            assertThat(granted(null, below)).isEmpty();
            assertThat(granted(alice, below)).isEqualTo("repository:" + below + ":pull,push,delete");
        }
        assertThat(granted(bob, "deep")).isEqualTo("repository:deep:pull,push");
        assertThat(granted(bob, "deeper/a")).isEqualTo("repository:deeper/a:pull,push");
    }

    @Test
    void doesNotTakeWhatOthersHold() {
        claim(bob, "mixed/bobs");
        claim(bob, "mixed/bobs-team/*");

        assertThat(claim(alice, "mixed/*").status()).isEqualTo(201);

        assertThat(granted(bob, "mixed/bobs")).isEqualTo("repository:mixed/bobs:pull,push,delete");
        assertThat(granted(alice, "mixed/bobs")).isEmpty();
        assertThat(granted(bob, "mixed/bobs-team/x")).isEqualTo("repository:mixed/bobs-team/x:pull,push,delete");
        assertThat(granted(alice, "mixed/bobs-team/x")).isEmpty();
        assertThat(granted(bob, "mixed/new")).isEmpty();
        // The closest namespace decides on further claims too.
        assertThat(claim(bob, "mixed/bobs-team/more/*").status()).isEqualTo(201);
        assertThat(claim(alice, "mixed/bobs-team/alices").status()).isEqualTo(409);
    }

    @Test
    void letsOnlyItsOwnerClaimInIt() {
        claim(alice, "walled/*");

        assertThat(claim(bob, "walled/x").status()).isEqualTo(409);
        assertThat(claim(bob, "walled/team/*").status()).isEqualTo(409);
        assertThat(claim(bob, "walled/team/x/y").status()).isEqualTo(409);
        assertThat(claim(admin(), "walled/x").status()).isEqualTo(409);
        assertThat(claim(bob, "walled").status()).isEqualTo(201);
        assertThat(claim(alice, "walled/x").status()).isEqualTo(201);
        assertThat(claim(alice, "walled/team/*").status()).isEqualTo(201);
    }

    @Test
    void takesBackWhatIsReleasedInIt() {
        claim(bob, "back/bobs");
        claim(alice, "back/*");
        server.send("DELETE", "/claims/back/bobs", bob, null);

        assertThat(granted(bob, "back/bobs")).isEmpty();
        assertThat(granted(alice, "back/bobs")).isEqualTo("repository:back/bobs:pull,push,delete");
        assertThat(claim(bob, "back/bobs").status()).isEqualTo(409);
    }

    @Test
    void isReadAndReleasedByItsName() {
        claim(alice, "named/team/*");

        assertThat(server.get("/claims/named/team/*", alice).text("repository")).isEqualTo("named/team/*");
        assertThat(server.get("/claims/named%2Fteam%2F%2A", alice).status()).isEqualTo(200);
        assertThat(server.get("/claims/named/team/x", alice).status()).isEqualTo(404);
        assertThat(server.send("DELETE", "/claims/named/team/*", bob, null).status())
                .isEqualTo(403);
        assertThat(server.send("DELETE", "/claims/named/team/*", alice, null).status())
                .isEqualTo(204);
        assertThat(granted(bob, "named/team/x")).isEqualTo("repository:named/team/x:pull,push");
    }

    @Test
    void publicityIsThatOfTheMostSpecificClaim() {
        server.send("POST", "/claim", alice, Map.of("repository", "open/*", "public", true));
        claim(alice, "open/secret");

        assertThat(granted(null, "open/x")).isEqualTo("repository:open/x:pull");
        assertThat(granted(null, "open/secret")).isEmpty();
        server.send("PATCH", "/claims/open/*", alice, Map.of("public", false));
        assertThat(granted(null, "open/x")).isEmpty();
    }

    @Test
    void appsFollowTheSameClaims() {
        server.send("POST", "/claim", alice, Map.of("repository", "apps/*", "public", true));

        assertThat(server.get("/token?scope=app:apps/x:read,write", null).access())
                .isEqualTo("app:apps/x:read");
        assertThat(server.get("/token?scope=app:apps/x:read,write", alice).access())
                .isEqualTo("app:apps/x:read,write");
    }

    private static Reply claim(String authorization, String repository) {
        return server.send("POST", "/claim", authorization, Map.of("repository", repository));
    }

    private static String granted(@Nullable String authorization, String repository) {
        return server.get("/token?scope=repository:" + repository + ":pull,push,delete", authorization)
                .access();
    }
}
