package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.certs.CertificatesException;
import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.http.ServerStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryAuthTest {
    @TempDir
    Path data;

    @Test
    void keepsEverythingOverARestart() throws IOException {
        String bundle;
        try (var server = AuthServer.start(data)) {
            String alice = server.signUp("alice");
            server.send("POST", "/claim", alice, Map.of("repository", "alice/hello"));
            bundle = Files.readString(server.auth().certificateBundle());
        }
        try (var server = AuthServer.start(data)) {
            String alice = basic("alice", "alice-password");
            assertThat(server.get("/token?scope=repository:alice/hello:push", alice)
                            .access())
                    .isEqualTo("repository:alice/hello:push");
            assertThat(server.get("/token?scope=repository:alice/hello:push", null)
                            .access())
                    .isEmpty();
            assertThat(Files.readString(server.auth().certificateBundle())).isEqualTo(bundle);
        }
    }

    @Test
    void makesAnAdministratorsPasswordOnceAndShowsItOnce() throws IOException {
        Path file = data.resolve("admin-password");
        String password;
        try (var server = AuthServer.start(data, "RAC_ADMIN_PASSWORD", "")) {
            password = server.auth().newAdminPassword().orElseThrow();
            assertThat(file).hasContent(password + "\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(server.get("/users/me", basic("admin", password)).status())
                    .isEqualTo(200);
        }
        try (var server = AuthServer.start(data, "RAC_ADMIN_PASSWORD", "")) {
            assertThat(server.auth().newAdminPassword()).isEmpty();
            assertThat(server.get("/users/me", basic("admin", password)).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void takesAGivenAdministratorsPasswordAtTheFirstStartOnly() {
        try (var server = AuthServer.start(data)) {
            assertThat(server.auth().newAdminPassword()).isEmpty();
            assertThat(data.resolve("admin-password")).doesNotExist();
            assertThat(server.get("/users/me", admin()).status()).isEqualTo(200);
        }
        try (var server = AuthServer.start(data, "RAC_ADMIN_PASSWORD", "another-password")) {
            assertThat(server.get("/users/me", admin()).status()).isEqualTo(200);
            assertThat(server.get("/users/me", basic("admin", "another-password"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void makesAServiceSecretWhereNoneIsGiven() throws IOException {
        try (var server = AuthServer.start(data, "RAC_SERVICE_SECRET", "")) {
            String secret = Files.readString(data.resolve("service-secret")).strip();
            assertThat(secret).hasSize(64);
            assertThat(server.get("/token", basic("@notifier", secret)).status())
                    .isEqualTo(200);
            assertThat(server.get("/token", basic("@edge-proxy", secret + "x")).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aFailedStartLeavesNothingOpen() throws IOException {
        try (var server = AuthServer.start(data.resolve("a"))) {
            String port = String.valueOf(server.auth().uri().getPort());
            assertThatThrownBy(() -> AuthServer.start(data.resolve("b"), "RAC_PORT", port))
                    .isInstanceOf(ServerStartException.class);
        }
        // The database could not be opened again if the failed start still had it.
        AuthServer.start(data.resolve("b")).close();

        Path signing = data.resolve("b/certs/signing.pem");
        Files.writeString(signing, "half");
        assertThatThrownBy(() -> AuthServer.start(data.resolve("b")))
                .isInstanceOf(CertificatesException.class)
                .hasMessageContaining(signing.toString());
        assertThat(signing).hasContent("half");
    }

    @Test
    void answers429WhereTooManyPasswordsWaitAndOthersAreAnswered() throws Exception {
        try (var server = AuthServer.start(data, "RAC_BCRYPT_COST", "10");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Reply>>();
            int flood = Runtime.getRuntime().availableProcessors() * 17 + 60;
            for (int i = 0; i < flood; i++) {
                String wrong = basic("user" + i, "wrong-password");
                calls.add(() -> server.get("/token", wrong));
            }
            var answers = new ArrayList<Reply>();
            for (Future<Reply> call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }

            assertThat(answers).extracting(Reply::status).containsOnly(401, 429);
            assertThat(answers).filteredOn(reply -> reply.status() == 429).allSatisfy(reply -> {
                assertThat(reply.header("Retry-After")).isEqualTo("2");
                assertThat(reply.text("type")).isEqualTo("urn:rac:too-many-requests");
            });
            assertThat(server.get("/token?scope=repository:a:pull", null).status())
                    .isEqualTo(200);
            assertThat(server.get("/token", admin()).status()).isEqualTo(200);
        }
    }
}
