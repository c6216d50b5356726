package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An S3 server elsewhere, and what becomes of the stack when it goes away. */
final class LostStorageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET_KEY = "not-much-of-a-secret";

    private final String namespace = "e2e-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path directory;

    @Test
    void aPushFailsWhileTheStorageIsAwayAndEverythingElseLives() throws Exception {
        var docker = new DockerClient(directory.resolve("nobody"));
        S3Proxy storage = storage(0);
        int port = storage.getPort();
        var stack = new RunningStack(
                directory,
                namespace,
                Map.of(
                        "RAC_TARGET", "docker",
                        "RAC_S3_ENDPOINT", "http://127.0.0.1:" + port,
                        "RAC_S3_BUCKET", "elsewhere",
                        "AWS_ACCESS_KEY_ID", "rac",
                        "AWS_SECRET_ACCESS_KEY", SECRET_KEY));
        try {
            String kept = stack.registry() + "/kept";
            String late = stack.registry() + "/late";
            docker.buildWebServer(kept, "echo kept > /www/index.html");
            docker.buildWebServer(late, "echo late > /www/index.html", "late=yes");
            docker.must("push", kept);
            awaitPage(stack, "kept");

            storage.stop();
            assertThat(docker.run("push", late).succeeded()).isFalse();
            assertThat(stack.open("kept").body().strip()).isEqualTo("kept");
            assertThat(stack.call("GET", "/apps/kept", "").statusCode()).isEqualTo(200);

            storage = storage(port);
            await().atMost(PATIENCE).until(() -> docker.run("push", late).succeeded());
            awaitPage(stack, "late");
        } finally {
            stack.stop();
            storage.stop();
            new DockerPlatform().cleanUp(namespace);
        }
    }

    private static void awaitPage(RunningStack stack, String app) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.open(app).body().strip()).isEqualTo(app));
    }

    private S3Proxy storage(int port) throws Exception {
        Path blobs = Files.createDirectories(directory.resolve("elsewhere"));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(blobs.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, "rac", SECRET_KEY)
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        return server;
    }
}
