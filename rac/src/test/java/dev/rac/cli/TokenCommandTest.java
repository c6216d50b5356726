package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.cli.Rac.Ran;
import dev.rac.service.json.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class TokenCommandTest {
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
    void isMadeOnceShownAndListedWithoutItsSecret() {
        Rac alice = server.signUp("alice");

        Ran made = alice.run(
                "token",
                "create",
                "build server",
                "--repository",
                "alice/*",
                "--repository=alice",
                "--action",
                "pull,push");
        Ran list = alice.run("token", "list");

        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.out())
                .containsPattern("name +build server\n")
                .containsPattern("repositories +alice/\\*,alice\n")
                .containsPattern("actions +pull,push\n")
                .containsPattern("expires at +-\n")
                .containsPattern("token +rac_\\S+\n");
        assertThat(list.out().lines().findFirst().orElseThrow())
                .matches("ID +NAME +REPOSITORIES +ACTIONS +EXPIRES AT +LAST USED AT +LAST USED FROM");
        assertThat(list.out()).contains("build server").doesNotContain("rac_");
    }

    @Test
    void endsAfterAWhileOrAtATime() {
        Rac bob = server.signUp("bob");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Rac then = bob.at(Clock.fixed(now, ZoneOffset.UTC));

        assertThat(expiry(then, "ci", "90d")).isEqualTo(now.plus(Duration.ofDays(90)));
        assertThat(expiry(then, "cd", "2099-01-01T00:00:00+01:00")).isEqualTo("2098-12-31T23:00:00Z");
        Ran neither = then.run("token", "create", "ce", "--repository", "bob/*", "--expires", "soon");
        assertThat(neither.status()).isEqualTo(2);
        assertThat(neither.err()).startsWith("rac: --expires takes a duration (90d, 12h) or a time");
    }

    @Test
    void standsForThePasswordButMakesNoOthers() {
        Rac carol = server.signUp("carol");
        Rac machine = server.anonymous()
                .with("RAC_PASSWORD", made(carol).path("token").asString());

        Ran another = machine.run("token", "create", "another", "--repository", "carol/*");

        assertThat(another.status()).isEqualTo(1);
        assertThat(another.err()).hasLineCount(1).doesNotContain("rac_");
    }

    @Test
    void isRevokedByItsOwnerAndTheAdministrator() {
        Rac dora = server.signUp("dora");
        String id = made(dora).path("id").asString();

        assertThat(server.admin().run("token", "list", "--of", "dora").out()).contains(id);
        assertThat(server.signUp("erin").run("token", "list", "--of", "dora").status())
                .isEqualTo(1);
        assertThat(server.as("erin").run("token", "revoke", id).status()).isEqualTo(1);
        assertThat(dora.run("token", "revoke", id)).isEqualTo(new Ran(0, "revoked access token " + id + "\n", ""));
        assertThat(dora.run("token", "list", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void isForARepository() {
        Ran ran = server.signUp("frank").run("token", "create", "ci");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).startsWith("rac: Missing required option: '--repository=NAME'");
    }

    private static JsonNode made(Rac user) {
        Ran ran = user.run("token", "create", "ci", "--repository", "alice/*", "--json");
        assertThat(ran.status()).as(ran.err()).isZero();
        return Json.MAPPER.readTree(ran.out());
    }

    private static Instant expiry(Rac user, String name, String expires) {
        Ran ran = user.run("token", "create", name, "--repository", "bob/*", "--expires", expires, "--json");
        assertThat(ran.status()).as(ran.err()).isZero();
        return Instant.parse(Json.MAPPER.readTree(ran.out()).path("expires_at").asString());
    }
}
