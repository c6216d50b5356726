package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.cli.Rac.Ran;
import dev.rac.service.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserTransferCommandTest {
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
    void exportsUsersAsAnHtpasswdFileAndImportsThemFromOne(@TempDir Path directory) throws IOException {
        server.signUp("alice");
        Ran exported = server.admin().run("user", "export");
        String alice = exported.out()
                .lines()
                .filter(line -> line.startsWith("alice:"))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(
                directory.resolve("htpasswd"), alice + "\n" + alice.replaceFirst("alice", "zoe") + "\nbroken\n");

        Ran imported = server.admin().run("user", "import", file.toString());

        assertThat(alice).startsWith("alice:$2");
        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(imported.out())
                .startsWith("added 1, skipped 2\n\nLINE  NAME")
                .containsPattern("\n1 +alice +\\S.*\n3 +");
        assertThat(server.anonymous()
                        .as("zoe", "alice-password")
                        .run("user", "whoami")
                        .status())
                .isZero();
    }

    @Test
    void importsFromStandardInput() {
        server.signUp("bob");
        String bob = server.admin()
                .run("user", "export")
                .out()
                .lines()
                .filter(line -> line.startsWith("bob:"))
                .findFirst()
                .orElseThrow();

        Ran imported =
                server.admin().reading(bob.replaceFirst("bob", "bobby") + "\n").run("user", "import", "-", "--json");

        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(Json.MAPPER.readTree(imported.out()).path("added").path(0).asString())
                .isEqualTo("bobby");
    }

    @Test
    void onlyTheAdministratorDoes() {
        Rac carol = server.signUp("carol").reading("dora:x\n");

        assertThat(carol.run("user", "export").status()).isEqualTo(1);
        assertThat(carol.run("user", "export").out()).isEmpty();
        assertThat(carol.run("user", "import", "-").status()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage(@TempDir Path directory) {
        Ran ran = server.admin().run("user", "import", directory.resolve("none").toString());

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).startsWith("rac: cannot read " + directory.resolve("none"));
    }
}
