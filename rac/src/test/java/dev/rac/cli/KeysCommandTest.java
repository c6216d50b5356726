package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.cli.Rac.Ran;
import dev.rac.service.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysCommandTest {
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
    void rotatesAndListsTheKeyThatSignsFirst() {
        String before = server.admin().run("keys", "list", "--json").out();
        Ran rotated = server.admin().run("keys", "rotate", "--json");

        assertThat(rotated.status()).as(rotated.err()).isZero();
        var keys = Json.MAPPER.readTree(rotated.out());
        assertThat(keys).hasSize(Json.MAPPER.readTree(before).size() + 1);
        assertThat(keys.get(1).path("serial"))
                .isEqualTo(Json.MAPPER.readTree(before).get(0).path("serial"));
        assertThat(server.admin().run("keys", "list").out())
                .startsWith("SERIAL ")
                .contains(keys.get(0).path("serial").asString());
    }

    @Test
    void theAuthorityOfARegistryOfOthersIsRotatedInTwoSteps() {
        Ran early = server.admin().run("keys", "rotate", "--authority", "--registry-restarted");
        assertThat(early.status()).isEqualTo(1);
        assertThat(early.err()).contains("no other authority is announced");

        Ran halved = server.admin().run("keys", "rotate", "--registry-restarted");
        assertThat(halved.status()).isEqualTo(1);
        assertThat(halved.err()).contains("send \"authority\", too");

        Ran announced = server.admin().run("keys", "rotate", "--authority");
        assertThat(announced.status()).as(announced.err()).isZero();
        assertThat(announced.out()).contains("Restart the registry", "SERIAL ");

        Ran switched = server.admin().run("keys", "rotate", "--authority", "--registry-restarted");
        assertThat(switched.status()).as(switched.err()).isZero();
        assertThat(switched.out()).startsWith("SERIAL ");
    }

    @Test
    void aKeyThatLeakedIsDroppedAndWhatIsLeftToDoIsSaid() {
        Ran halved = server.admin().run("keys", "rotate", "--drop-old");
        assertThat(halved.status()).isEqualTo(1);
        assertThat(halved.err()).contains("send \"authority\": true, too");

        Ran announced = server.admin().run("keys", "rotate", "--authority", "--drop-old");
        assertThat(announced.out()).contains("rac keys rotate --authority --drop-old --registry-restarted");

        Ran dropped = server.admin().run("keys", "rotate", "--authority", "--drop-old", "--registry-restarted");
        assertThat(dropped.status()).as(dropped.err()).isZero();
        assertThat(dropped.out())
                .startsWith("Restart the registry once more")
                .contains("Restart the notifier", "SERIAL ")
                .hasLineCount(4);
    }

    @Test
    void isForAdministrators() {
        Ran refused = server.signUp("alice").run("keys", "rotate");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("rac: only an administrator").hasLineCount(1);
    }
}
