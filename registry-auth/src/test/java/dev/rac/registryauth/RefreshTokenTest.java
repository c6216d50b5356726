package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.basic;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTokenTest {
    @TempDir
    Path data;

    private AuthServer server;
    private String alice;

    @BeforeEach
    void start() {
        server = AuthServer.start(data);
        alice = server.signUp("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bothProtocolsGiveOneToWhoAsks() {
        String byGet = server.get("/token?offline_token=true", alice).text("refresh_token");
        String byPost = server.form(
                        null,
                        "grant_type",
                        "password",
                        "access_type",
                        "offline",
                        "username",
                        "alice",
                        "password",
                        "alice-password")
                .text("refresh_token");

        // 256 bits in base64url.
        assertThat(byGet).hasSize(43);
        assertThat(byPost).hasSize(43).isNotEqualTo(byGet);
        assertThat(use(byGet).status()).isEqualTo(200);
        assertThat(use(byPost).status()).isEqualTo(200);
        assertThat(server.get("/token?offline_token=false", alice).json().has("refresh_token"))
                .isFalse();
        assertThat(server.get("/token", alice).json().has("refresh_token")).isFalse();
    }

    @Test
    void onlyPeopleGetOne() {
        assertThat(server.get("/token?offline_token=true&scope=repository:a:pull", null)
                        .json()
                        .has("refresh_token"))
                .isFalse();
        assertThat(server.get("/token?offline_token=true", service("@notifier"))
                        .json()
                        .has("refresh_token"))
                .isFalse();
    }

    @Test
    void keepsWorkingAndComesBackUnchanged() {
        String token = server.get("/token?offline_token=true", alice).text("refresh_token");
        server.close();
        server = AuthServer.start(data);

        for (int i = 0; i < 3; i++) {
            Reply reply = use(token);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("refresh_token")).isEqualTo(token);
            assertThat(reply.claims().getSubject()).isEqualTo("alice");
            assertThat(reply.access()).isEqualTo("repository:hello:pull");
        }
    }

    @Test
    void diesWithAPasswordChange() {
        String token = server.get("/token?offline_token=true", alice).text("refresh_token");
        Reply changed = server.send(
                "PUT", "/users/me/password", alice, Map.of("current", "alice-password", "new", "another-password"));
        assertThat(changed.status()).isEqualTo(204);

        assertThat(use(token).status()).isEqualTo(401);
        String next = server.get("/token?offline_token=true", basic("alice", "another-password"))
                .text("refresh_token");
        assertThat(use(next).status()).isEqualTo(200);
        assertThat(use(token).status()).isEqualTo(401);
    }

    @Test
    void isForOneServiceOnly() {
        String token = server.get("/token?offline_token=true", alice).text("refresh_token");
        server.close();
        server = AuthServer.start(data, "RAC_DOMAIN", "other.test");

        assertThat(use(token).status()).isEqualTo(401);
    }

    @Test
    void isStoredAsAHashOnly() {
        String token = server.get("/token?offline_token=true", alice).text("refresh_token");
        server.close();

        assertThat(TestDatabase.content(data))
                .contains("alice")
                .doesNotContain(token)
                .doesNotContain("alice-password");
        server = AuthServer.start(data);
    }

    private Reply use(String token) {
        return server.form(
                null,
                "grant_type",
                "refresh_token",
                "client_id",
                "docker",
                "refresh_token",
                token,
                "scope",
                "repository:hello:pull");
    }
}
