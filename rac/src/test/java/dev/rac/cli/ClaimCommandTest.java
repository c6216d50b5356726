package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.cli.Rac.Ran;
import dev.rac.service.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimCommandTest {
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
    void claimsOnceAndListsWhatIsClaimed() {
        Rac alice = server.signUp("alice");

        assertThat(alice.run("claim", "add", "alice/hello")).isEqualTo(new Ran(0, "claimed alice/hello\n", ""));
        assertThat(alice.run("claim", "add", "alice/hello"))
                .isEqualTo(new Ran(0, "alice/hello is claimed by you already\n", ""));
        assertThat(alice.run("claim", "list").out().replaceAll("20\\d\\d-\\S+Z", "TIME"))
                .isEqualTo("""
                REPOSITORY   OWNER  CREATED AT
                alice/hello  alice  TIME
                """);
    }

    @Test
    void anothersClaimIsRefusedInOneLine() {
        server.signUp("bob").run("claim", "add", "bob/hello");
        Rac carol = server.signUp("carol");

        Ran claimed = carol.run("claim", "add", "bob/hello");

        assertThat(claimed.status()).isEqualTo(1);
        assertThat(claimed.out()).isEmpty();
        assertThat(claimed.err())
                .startsWith("rac: bob/hello is claimed by another user")
                .hasLineCount(1);
        assertThat(carol.run("claim", "release", "bob/hello").status()).isEqualTo(1);
        assertThat(carol.run("claim", "list").out()).isEqualTo("REPOSITORY  OWNER  CREATED AT\n");
        assertThat(carol.run("claim", "list", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void showsAndReleasesAClaim() {
        Rac dora = server.signUp("dora");
        dora.run("claim", "add", "dora/a_b.c/d");

        assertThat(dora.run("claim", "show", "dora/a_b.c/d").out()).startsWith("repository  dora/a_b.c/d\n");
        assertThat(Json.MAPPER
                        .readTree(dora.run("claim", "show", "dora/a_b.c/d", "--json")
                                .out())
                        .path("owner")
                        .asString())
                .isEqualTo("dora");
        assertThat(dora.run("claim", "release", "dora/a_b.c/d")).isEqualTo(new Ran(0, "released dora/a_b.c/d\n", ""));
        assertThat(dora.run("claim", "show", "dora/a_b.c/d"))
                .isEqualTo(new Ran(1, "", "rac: nobody has claimed dora/a_b.c/d\n"));
    }
}
