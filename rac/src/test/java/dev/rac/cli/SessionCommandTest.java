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
import org.junit.jupiter.params.provider.ValueSource;

final class SessionCommandTest {
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
    void showsWhereOneIsLoggedInAndEndsIt() {
        Rac alice = server.signUp("alice");
        server.logIn("alice", "docker");
        server.logIn("alice", "podman");

        Ran list = alice.run("session", "list");
        String id = Json.MAPPER
                .readTree(alice.run("session", "list", "--json").out())
                .path(0)
                .path("id")
                .asString();

        assertThat(list.out().lines().findFirst().orElseThrow())
                .matches("ID +CLIENT ID +CREATED AT +LAST USED AT +LAST USED FROM");
        assertThat(list.out()).contains(" docker ").contains(" podman ");
        assertThat(alice.run("session", "revoke", id)).isEqualTo(new Ran(0, "revoked session " + id + "\n", ""));
        assertThat(alice.run("session", "list").out()).hasLineCount(2).doesNotContain(id);
        assertThat(alice.run("session", "revoke", id).status()).isEqualTo(1);
        assertThat(alice.run("session", "revoke", "--all")).isEqualTo(new Ran(0, "revoked all sessions\n", ""));
        assertThat(alice.run("session", "list", "--json").out()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session revoke", "session revoke x --all"})
    void endsOneOrAll(String args) {
        assertThat(server.admin().run(args.split(" ")).status()).isEqualTo(2);
    }
}
