package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything under {@code RAC_DATA} is lost; blobs and backups are in an S3 server elsewhere. */
final class LostDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SECRET_KEY = "not-much-of-a-secret";
    private static final String PASSWORD = "correct horse";

    private final String namespace = "e2e-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path directory;

    @Test
    void usersClaimsImagesAndAppsAreAsBeforeAfterARestore() throws Exception {
        var docker = new DockerClient(directory.resolve("alice"));
        S3Proxy storage = storage();
        var settings = Map.of(
                "RAC_TARGET", "docker",
                "RAC_S3_ENDPOINT", "http://127.0.0.1:" + storage.getPort(),
                "RAC_S3_BUCKET", "elsewhere",
                "AWS_ACCESS_KEY_ID", "rac",
                "AWS_SECRET_ACCESS_KEY", SECRET_KEY,
                "RAC_BACKUP_EVERY", "10s",
                "RAC_BACKUP_PASSWORD", "a password of backups");
        var stack = new RunningStack(directory, namespace, settings);
        try {
            String image = stack.registry() + "/alice/hello";
            assertThat(stack.call("POST", "/users", "{\"name\":\"alice\",\"password\":\"" + PASSWORD + "\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(claim(stack)).isEqualTo(201);
            docker.must("login", "--username", "alice", "--password", PASSWORD, stack.registry());
            docker.buildWebServer(image, "echo kept > /www/index.html");
            docker.must("push", image);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(stack.open("alice-hello").body().strip()).isEqualTo("kept"));
            // The second from now was begun after all of that.
            List<String> before = backups(settings);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(newer(backups(settings), before)).hasSizeGreaterThan(1));
            stack.kill();
            docker.must("image", "rm", "--force", image);

            Path data = directory.resolve("data");
            String authority = Files.readString(data.resolve("certs/token-authority.pem"));
            String adminPassword = Files.readString(data.resolve("admin-password"));
            assertThat(rac(settings, "restore").output()).contains("is not empty");
            delete(data);
            Command restored = rac(settings, "restore");
            assertThat(restored.status()).as(restored.output()).isZero();
            assertThat(data.resolve("certs/token-authority.pem")).hasContent(authority);
            stack.startAgain();

            assertThat(stack.call("alice", PASSWORD, "GET", "/users/me", "").statusCode())
                    .isEqualTo(200);
            assertThat(stack.call("admin", adminPassword.strip(), "GET", "/users/me", "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(claim(stack)).isEqualTo(200);
            assertThat(stack.open("alice-hello").body().strip()).isEqualTo("kept");
            docker.must("pull", image);
            docker.must("push", image);
            assertThat(docker.run("logout", stack.registry()).succeeded()).isTrue();
            assertThat(docker.run("push", image).succeeded()).isFalse();
        } finally {
            stack.stop();
            storage.stop();
            new DockerPlatform().cleanUp(namespace);
        }
    }

    private static int claim(RunningStack stack) throws IOException, InterruptedException {
        return stack.call("alice", PASSWORD, "POST", "/claim", "{\"repository\":\"alice/hello\"}")
                .statusCode();
    }

    private List<String> backups(Map<String, String> settings) throws IOException, InterruptedException {
        Command listed = rac(settings, "restore", "--list");
        assertThat(listed.status()).as(listed.output()).isZero();
        return listed.output().lines().filter(line -> line.contains(" bytes ")).toList();
    }

    private static List<String> newer(List<String> backups, List<String> known) {
        var newer = new ArrayList<>(backups);
        newer.removeAll(known);
        return newer;
    }

    private Command rac(Map<String, String> settings, String... arguments) throws IOException, InterruptedException {
        var environment = new HashMap<>(settings);
        environment.put("RAC_DATA", directory.resolve("data").toString());
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/rac.jar"));
        command.addAll(List.of(arguments));
        return Command.run(environment, command);
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> children = Files.list(path)) {
                for (Path child : children.toList()) {
                    delete(child);
                }
            }
        }
        Files.delete(path);
    }

    private S3Proxy storage() throws Exception {
        Path blobs = Files.createDirectories(directory.resolve("elsewhere"));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(blobs.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "rac", SECRET_KEY)
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        return server;
    }
}
