package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.cli.Rac.Ran;
import dev.rac.service.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserCommandTest {
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
    void signsUpAndSaysWhoIsLoggedIn() {
        Ran added =
                server.anonymous().with("RAC_NEW_PASSWORD", "alice-password").run("user", "add", "alice");
        Ran whoami = server.as("alice").run("user", "whoami");

        assertThat(added).isEqualTo(new Ran(0, "added user alice\n", ""));
        assertThat(whoami.status()).isZero();
        assertThat(whoami.out().replaceAll("20\\d\\d-\\S+Z", "TIME")).isEqualTo("""
                name           alice
                administrator  no
                disabled       no
                origin         own
                created at     TIME
                """);
    }

    @Test
    void printsTheJsonOfTheApiAsItIs() {
        Ran added = server.anonymous().with("RAC_NEW_PASSWORD", "bob-password").run("user", "add", "bob", "--json");
        Ran whoami = server.as("bob").run("user", "whoami", "--json");

        assertThat(added.status()).isZero();
        assertThat(Json.MAPPER.readTree(added.out()).path("name").asString()).isEqualTo("bob");
        assertThat(whoami.out())
                .startsWith("{\"name\":\"bob\",")
                .endsWith("}\n")
                .hasLineCount(1);
    }

    @Test
    void asksForPasswordsAtTheTerminal() {
        Ran added =
                server.anonymous().typing("carol-password", "carol-password").run("user", "add", "carol");
        Ran whoami = server.anonymous().typing("carol-password").run("user", "whoami", "--user", "carol");
        Ran differing =
                server.anonymous().typing("one-password", "another-password").run("user", "add", "carola");

        assertThat(added).isEqualTo(new Ran(0, "added user carol\n", ""));
        assertThat(whoami.out()).startsWith("name           carol\n");
        assertThat(differing.status()).isEqualTo(2);
        assertThat(differing.err()).startsWith("rac: the two passwords differ: nothing was changed\n");
    }

    @Test
    void withoutATerminalSaysWhichVariableToSet() {
        Ran noPassword = server.anonymous().run("user", "whoami", "--user", "carol");
        Ran noNewPassword = server.anonymous().run("user", "add", "dora");
        Ran noUser = server.anonymous().with("RAC_PASSWORD", "some-password").run("user", "whoami");

        assertThat(noPassword.status()).isEqualTo(2);
        assertThat(noPassword.err()).startsWith("rac: set RAC_PASSWORD: ");
        assertThat(noNewPassword.status()).isEqualTo(2);
        assertThat(noNewPassword.err()).startsWith("rac: set RAC_NEW_PASSWORD: ");
        assertThat(noUser.status()).isEqualTo(2);
        assertThat(noUser.err()).startsWith("rac: RAC_PASSWORD is set, but not whose it is: ");
    }

    @Test
    void changesOnesOwnPassword() {
        Rac erin = server.signUp("erin").with("RAC_NEW_PASSWORD", "second-password");

        assertThat(erin.run("user", "password")).isEqualTo(new Ran(0, "changed the password of erin\n", ""));
        assertThat(erin.run("user", "whoami").status()).isEqualTo(1);
        assertThat(erin.as("erin", "second-password").run("user", "whoami").status())
                .isZero();
    }

    @Test
    void aPasswordIsSomebodys() {
        Ran ran = server.anonymous().with("RAC_NEW_PASSWORD", "second-password").run("user", "password");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).startsWith("rac: give --user, or set RAC_USER, ");
    }

    @Test
    void whatTheApiRefusesIsOneLineThatSaysWhatToDo() {
        server.signUp("frank");

        Ran taken =
                server.anonymous().with("RAC_NEW_PASSWORD", "frank-password").run("user", "add", "frank");
        Ran anonymous = server.anonymous().run("user", "whoami");
        Ran wrong = server.anonymous().as("frank", "wrong-password").run("user", "whoami");

        assertThat(taken).isEqualTo(new Ran(1, "", "rac: the name frank is taken\n"));
        assertThat(anonymous.status()).isEqualTo(1);
        assertThat(anonymous.err()).hasLineCount(1).contains("(--user or RAC_USER, and RAC_PASSWORD)");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).hasLineCount(1).contains("frank").doesNotContain("wrong-password");
    }

    @Test
    void theAdministratorSeesAllUsers() {
        server.signUp("grace");
        Rac admin = server.admin();

        Ran list = admin.run("user", "list");
        Ran json = admin.run("user", "list", "--json");

        assertThat(list.out().lines().findFirst().orElseThrow())
                .matches("NAME +ADMINISTRATOR  DISABLED  ORIGIN  CREATED AT");
        assertThat(list.out().lines().filter(line -> line.startsWith("grace ")))
                .singleElement()
                .asString()
                .matches("grace +no +no +own +20\\S+Z");
        assertThat(Json.MAPPER.readTree(json.out()).size())
                .isEqualTo((int) list.out().lines().count() - 1);
        assertThat(admin.run("user", "show", "grace").out()).startsWith("name           grace\n");
        assertThat(server.as("grace").run("user", "list").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "disable, disabled, yes, disabled user heidi",
        "enable, disabled, no, enabled user heidi",
        "promote, administrator, yes, made an administrator of heidi",
        "demote, administrator, no, made an ordinary user of heidi"
    })
    void theAdministratorChangesWhatAUserMay(String command, String field, String value, String said) {
        server.anonymous().with("RAC_NEW_PASSWORD", "heidi-password").run("user", "add", "heidi");
        Rac admin = server.admin();

        Ran changed = admin.run("user", command, "heidi");

        assertThat(changed).isEqualTo(new Ran(0, said + "\n", ""));
        assertThat(admin.run("user", "show", "heidi").out()).containsPattern(field + " +" + value + "\n");
    }

    @Test
    void theAdministratorResetsAPassword() {
        Rac ivan = server.signUp("ivan");

        Ran reset = server.admin().with("RAC_NEW_PASSWORD", "second-password").run("user", "reset", "ivan");

        assertThat(reset).isEqualTo(new Ran(0, "reset the password of ivan\n", ""));
        assertThat(ivan.run("user", "whoami").status()).isEqualTo(1);
        assertThat(ivan.as("ivan", "second-password").run("user", "whoami").status())
                .isZero();
    }

    @Test
    void aUserDeletesThemselfAndTheAdministratorAnybody() {
        Rac judy = server.signUp("judy");
        Rac karl = server.signUp("karl");

        assertThat(judy.run("user", "delete", "karl").status()).isEqualTo(1);
        assertThat(judy.run("user", "delete", "judy")).isEqualTo(new Ran(0, "deleted user judy\n", ""));
        assertThat(judy.run("user", "whoami").status()).isEqualTo(1);
        assertThat(server.admin().run("user", "delete", "karl", "--json")).isEqualTo(new Ran(0, "", ""));
        assertThat(karl.run("user", "whoami").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../claims", "a\\b", "a%2fb", "a\nb", "me", "import", "export"})
    void namesThatWouldBeOtherPathsAreNotSent(String name) {
        Ran ran = server.admin().run("user", "delete", name);

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).hasLineCount(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä", "a?b", "a#b", "a;b", "a&b", "a+b", "@pull", "alice*", "...", "a:b"})
    void otherNamesReachTheApi(String name) {
        Ran ran = server.admin().run("user", "show", name);

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualTo("rac: a user's name has 2 to 32 lower-case letters and digits, inside them one"
                        + " of . _ __ or dashes, such as alice\n");
    }
}
