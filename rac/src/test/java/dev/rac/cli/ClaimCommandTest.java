package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
        assertThat(alice.run("claim", "add", "alice/site", "--public"))
                .isEqualTo(new Ran(0, "claimed alice/site\n", ""));
        assertThat(withoutTimes(alice.run("claim", "list"))).isEqualTo("""
                REPOSITORY   OWNER  PUBLIC  ROLE   CREATED AT
                alice/hello  alice  no      owner  TIME
                alice/site   alice  yes     owner  TIME
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
        assertThat(carol.run("claim", "list").out()).isEqualTo("REPOSITORY  OWNER  PUBLIC  ROLE  CREATED AT\n");
        assertThat(carol.run("claim", "list", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void showsAndReleasesAClaim() {
        Rac dora = server.signUp("dora");
        dora.run("claim", "add", "dora/a_b.c/d");

        assertThat(withoutTimes(dora.run("claim", "show", "dora/a_b.c/d"))).isEqualTo("""
                repository  dora/a_b.c/d
                owner       dora
                public      no
                role        owner
                created at  TIME
                """);
        assertThat(Json.MAPPER
                        .readTree(dora.run("claim", "show", "dora/a_b.c/d", "--json")
                                .out())
                        .path("owner")
                        .asString())
                .isEqualTo("dora");
        assertThat(dora.run("claim", "release", "dora/a_b.c/d")).isEqualTo(new Ran(0, "released dora/a_b.c/d\n", ""));
        Ran gone = dora.run("claim", "show", "dora/a_b.c/d");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err()).hasLineCount(1).contains("dora/a_b.c/d");
    }

    @Test
    void aNamespaceIsSharedShownAndLeft() {
        Rac erin = server.signUp("erin");
        Rac frank = server.signUp("frank");

        assertThat(erin.run("claim", "add", "erin/*").status()).isZero();
        assertThat(erin.run("claim", "member", "add", "erin/*", "frank", "writer"))
                .isEqualTo(new Ran(0, "frank is writer of erin/*\n", ""));
        assertThat(withoutTimes(erin.run("claim", "show", "erin/*"))).isEqualTo("""
                repository  erin/*
                owner       erin
                public      no
                role        owner
                created at  TIME

                USER   ROLE
                frank  writer
                """);
        assertThat(withoutTimes(frank.run("claim", "list"))).isEqualTo("""
                REPOSITORY  OWNER  PUBLIC  ROLE    CREATED AT
                erin/*      erin   no      writer  TIME
                """);
        assertThat(frank.run("claim", "member", "remove", "erin/*", "frank"))
                .isEqualTo(new Ran(0, "removed frank from erin/*\n", ""));
        assertThat(frank.run("claim", "list", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void aRoleThatIsNoneIsRefused() {
        Rac grace = server.signUp("grace");
        grace.run("claim", "add", "grace/hello");

        Ran ran = grace.run("claim", "member", "add", "grace/hello", "admin", "king");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).hasLineCount(1).contains("reader").contains("writer");
    }

    @Test
    void isMadePublicAndPrivateAndHandedOver() {
        Rac heidi = server.signUp("heidi");
        Rac ivan = server.signUp("ivan");
        heidi.run("claim", "add", "heidi/hello");

        assertThat(heidi.run("claim", "public", "heidi/hello")).isEqualTo(new Ran(0, "heidi/hello is public\n", ""));
        assertThat(heidi.run("claim", "show", "heidi/hello").out()).contains("public      yes\n");
        assertThat(heidi.run("claim", "private", "heidi/hello")).isEqualTo(new Ran(0, "heidi/hello is private\n", ""));
        assertThat(heidi.run("claim", "give", "heidi/hello", "ivan"))
                .isEqualTo(new Ran(0, "gave heidi/hello to ivan\n", ""));
        assertThat(ivan.run("claim", "show", "heidi/hello").out()).contains("owner       ivan\n");
        assertThat(heidi.run("claim", "show", "heidi/hello").status()).isEqualTo(1);
    }

    @Test
    void showsWhatWasDoneToIt() {
        Rac karl = server.signUp("karl");
        karl.run("claim", "add", "karl/*");
        karl.run("claim", "public", "karl/*");

        await().untilAsserted(() ->
                assertThat(karl.run("claim", "history", "karl/*").out()).matches("""
                                LAST AT +COUNT +ACTOR +ACTION +ALLOWED +DETAIL +SOURCE
                                20\\S+Z +1 +karl +claim.change +yes +public .*
                                20\\S+Z +1 +karl +claim.create +yes .*
                                """));
        assertThat(server.signUp("lena").run("claim", "history", "karl/*").status())
                .isEqualTo(1);
    }

    @Test
    void theAdministratorSeesAll() {
        server.signUp("judy").run("claim", "add", "judy/hello");

        assertThat(server.admin().run("claim", "list").out()).doesNotContain("judy");
        assertThat(server.admin().run("claim", "list", "--all").out())
                .containsPattern("judy/hello +judy +no +- +20.*Z\n");
        assertThat(server.as("judy").run("claim", "list", "--all").status()).isEqualTo(1);
    }

    private static String withoutTimes(Ran ran) {
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran.out().replaceAll("20\\d\\d-\\S+Z", "TIME");
    }
}
