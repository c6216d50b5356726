package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserTransferTest {
    private static final String REST = "abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
    private static final String HASH = "$2y$04$" + REST;
    private static final String PASSWORD = "correct horse";

    @TempDir
    private Path data;

    private AuthServer server;

    @BeforeEach
    void start() {
        server = AuthServer.start(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesEachLineThatItCanAndSaysWhyNotTheOthers() {
        server.signUp("taken");
        Reply reply = importUsers("""
                # from elsewhere
                alice:%1$s
                taken:%1$s
                bob:$apr1$secret$secret
                carol:%1$s
                alice:%1$s
                Bad:%1$s
                """.formatted(HASH));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("added").toString()).isEqualTo("[\"alice\",\"carol\"]");
        assertThat(reply.json().path("skipped").size()).isEqualTo(4);
        assertThat(reply.json().path("skipped").path(0).toString())
                .isEqualTo("{\"line\":3,\"name\":\"taken\",\"reason\":\"the name is taken\"}");
        assertThat(reply.json().path("skipped").path(3).path("line").intValue()).isEqualTo(7);
        assertThat(reply.body()).doesNotContain("secret").doesNotContain(REST);
        assertThat(server.get("/users/me", basic("alice", PASSWORD)).text("origin"))
                .isEqualTo("own");
        assertThat(server.get("/users/me", basic("taken", PASSWORD)).status()).isEqualTo(401);
        assertThat(server.get("/users/me", basic("bob", PASSWORD)).status()).isEqualTo(401);
    }

    @Test
    void importsNobodyTwice() {
        assertThat(importUsers("alice:" + HASH).json().path("added").size()).isEqualTo(1);
        Reply again = importUsers("alice:" + HASH);
        assertThat(again.json().path("added").size()).isZero();
        assertThat(again.json().path("skipped").size()).isEqualTo(1);
    }

    @Test
    void refusesABodyThatIsEmptyOrTooLong() {
        assertThat(importUsers("").status()).isEqualTo(400);
        assertThat(importUsers("\n# nobody\n").status()).isEqualTo(400);
        assertThat(importUsers("#".repeat(1_048_577)).status()).isEqualTo(413);
        assertThat(importUsers("\u0000\u0001\ufffd:x").json().path("skipped").size())
                .isEqualTo(1);
    }

    @Test
    void takesThousandsAtOnce() {
        var lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            lines.append("user").append(i).append(':').append(HASH).append('\n');
        }

        assertThat(importUsers(lines.toString()).json().path("added").size()).isEqualTo(5000);
        assertThat(export(admin()).body().lines()).hasSize(5001);
    }

    @Test
    void whatIsExportedCanBeImportedElsewhere(@TempDir Path elsewhere) {
        server.signUp("alice");
        server.signUp("bob");
        server.send("PATCH", "/users/bob", admin(), Map.of("disabled", true));

        Reply exported = export(admin());

        assertThat(exported.status()).isEqualTo(200);
        assertThat(exported.header("Content-Type")).startsWith("text/plain");
        assertThat(exported.header("Cache-Control")).isEqualTo("no-store");
        assertThat(exported.body().lines())
                .hasSize(2)
                .allMatch(line -> line.matches("(admin|alice):\\$2y\\$04\\$.{53}"));
        try (var other = AuthServer.start(elsewhere)) {
            assertThat(other.send("POST", "/users/import", admin(), exported.body())
                            .json()
                            .path("added")
                            .size())
                    .isEqualTo(1);
            assertThat(other.get("/users/me", basic("alice", "alice-password")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void isForAdministratorsOnly() {
        String alice = server.signUp("alice");

        assertThat(export(alice).status()).isEqualTo(403);
        assertThat(export(null).status()).isEqualTo(401);
        assertThat(server.send("POST", "/users/import", alice, "bob:" + HASH).status())
                .isEqualTo(403);
        assertThat(server.send("POST", "/users/import", null, "bob:" + HASH).status())
                .isEqualTo(401);
    }

    @Test
    void aCheapHashIsUpgradedAtTheNextLoginAndRefreshTokensStay() {
        importUsers("alice:" + HASH);
        String alice = basic("alice", PASSWORD);
        String refresh = server.get("/token?offline_token=true", alice).text("refresh_token");
        server.close();
        server = AuthServer.start(data, "RAC_BCRYPT_COST", "5");

        assertThat(server.get("/users/me", alice).status()).isEqualTo(200);
        await().until(() -> export(admin()).body().contains("alice:$2y$05$"));

        assertThat(server.get("/users/me", alice).status()).isEqualTo(200);
        assertThat(server.form(null, "grant_type", "refresh_token", "refresh_token", refresh)
                        .status())
                .isEqualTo(200);
    }

    private Reply importUsers(String body) {
        return server.send("POST", "/users/import", admin(), body);
    }

    private Reply export(@Nullable String authorization) {
        return server.get("/users/export", authorization);
    }
}
