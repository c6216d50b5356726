package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.registryauth.AuthServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtpasswdUserTest {
    // Made with the C library's crypt(3), libxcrypt 4.4.
    private static final String HASH = "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
    private static final String ALICE = basic("alice", "correct horse");

    @TempDir
    private Path data;

    private Path file;
    private AuthServer server;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(data.resolve("htpasswd"), "alice:" + HASH + "\n");
        server = AuthServer.start(data, "RAC_HTPASSWD", file.toString());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void logsInAndClaimsLikeEverybody() {
        assertThat(server.get("/users/me", ALICE).text("origin")).isEqualTo("htpasswd");
        assertThat(server.get("/users/me", basic("alice", "wrong horse")).status())
                .isEqualTo(401);
        claim();
        Reply granted = server.get("/token?scope=repository:alice/hello:pull,push", ALICE);
        assertThat(granted.access()).isEqualTo("repository:alice/hello:pull,push");
        assertThat(server.get("/token?scope=repository:alice/hello:pull", null).access())
                .isEmpty();
    }

    @Test
    void changesTheirPasswordInTheFileOnly() {
        Reply changed = server.send(
                "PUT", "/users/me/password", ALICE, Map.of("current", "correct horse", "new", "other-password"));
        Reply reset = server.send("PUT", "/users/alice/password", admin(), Map.of("new", "other-password"));
        Reply deleted = server.send("DELETE", "/users/alice", admin(), null);

        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.text("detail")).contains("RAC_HTPASSWD");
        assertThat(reset.status()).isEqualTo(409);
        assertThat(deleted.status()).isEqualTo(409);
        assertThat(server.send("DELETE", "/users/me", ALICE, null).status()).isEqualTo(409);
        assertThat(server.get("/users/me", ALICE).status()).isEqualTo(200);
    }

    @Test
    void theAdministratorDisablesThemHere() {
        assertThat(server.send("PATCH", "/users/alice", admin(), Map.of("disabled", true))
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/users/me", ALICE).status()).isEqualTo(401);
    }

    @Test
    void whoeverVanishesKeepsTheirClaimsAndNothingElse() throws IOException {
        claim();
        String refresh = server.get("/token?offline_token=true", ALICE).text("refresh_token");
        Files.writeString(file, "");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.get("/users/me", ALICE).status() == 401);

        assertThat(server.form(null, "grant_type", "refresh_token", "refresh_token", refresh)
                        .status())
                .isEqualTo(401);
        assertThat(server.get("/claims/alice/hello", admin()).text("owner")).isEqualTo("alice");
        assertThat(server.get("/users/alice", admin()).json().path("disabled").booleanValue())
                .isTrue();
        Reply enabled = server.send("PATCH", "/users/alice", admin(), Map.of("disabled", false));
        assertThat(enabled.status()).isEqualTo(409);
        assertThat(enabled.text("detail")).contains("htpasswd file");

        // With a password of ours they are a user of ours.
        assertThat(server.send("PUT", "/users/alice/password", admin(), Map.of("new", "other-password"))
                        .status())
                .isEqualTo(204);
        assertThat(server.get("/users/me", basic("alice", "other-password")).text("origin"))
                .isEqualTo("own");
    }

    @Test
    void withoutTheSettingNobodyOfTheFileLogsIn() {
        assertThat(server.get("/users/me", ALICE).status()).isEqualTo(200);
        server.close();
        server = AuthServer.start(data);

        assertThat(server.get("/users/me", ALICE).status()).isEqualTo(401);
        assertThat(server.send("DELETE", "/users/alice", admin(), null).status())
                .isEqualTo(204);
    }

    private void claim() {
        assertThat(server.send("POST", "/claim", ALICE, Map.of("repository", "alice/hello"))
                        .status())
                .isEqualTo(201);
    }
}
