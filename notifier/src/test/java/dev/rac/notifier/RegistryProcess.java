package dev.rac.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The real registry, Debian's {@code docker-registry}, on a free port with its blobs in a directory. */
public final class RegistryProcess implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/bin/docker-registry");

    private final Process process;
    private final int port;
    private final TokenServer tokens;
    private final HttpClient client = HttpClient.newHttpClient();

    public static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts it.
     *
     * @param notifications where it tells of events
     */
    public static RegistryProcess start(Path directory, int port, TokenServer tokens, URI notifications, String secret)
            throws IOException {
        var registry = new RegistryProcess(directory, port, tokens, notifications, secret);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> registry.status("/v2/") == 401);
        return registry;
    }

    private RegistryProcess(Path directory, int port, TokenServer tokens, URI notifications, String secret)
            throws IOException {
        this.port = port;
        this.tokens = tokens;
        Path config = directory.resolve("registry.yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: warn}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:%d"}
                auth:
                  token: {realm: "%s/token", service: %s, issuer: rac, rootcertbundle: %s}
                notifications:
                  endpoints:
                    - name: notifier
                      url: %s
                      headers: {Authorization: ["Bearer %s"]}
                      timeout: 1s
                      threshold: 10
                      backoff: 200ms
                """.formatted(
                        directory.resolve("blobs"),
                        port,
                        tokens.uri(),
                        TokenServer.SERVICE,
                        tokens.bundle(),
                        notifications,
                        secret));
        process = new ProcessBuilder(BINARY.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("registry.log").toFile())
                .start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** {@code host:port}, as engines name it. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Uploads a blob: one POST, one PUT. */
    public void putBlob(String repository, TestImages.Content blob) throws IOException, InterruptedException {
        putBlob(repository, blob.digest(), blob.bytes());
    }

    /** Uploads a blob: one POST, one PUT. */
    public void putBlob(String repository, String digest, byte[] bytes) throws IOException, InterruptedException {
        HttpResponse<Void> begun = send(
                HttpRequest.newBuilder(uri().resolve("/v2/" + repository + "/blobs/uploads/"))
                        .POST(HttpRequest.BodyPublishers.noBody()),
                repository);
        assertThat(begun.statusCode()).isEqualTo(202);
        String location = begun.headers().firstValue("Location").orElseThrow();
        URI upload = uri().resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest);
        HttpResponse<Void> done =
                send(HttpRequest.newBuilder(upload).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)), repository);
        assertThat(done.statusCode()).isEqualTo(201);
    }

    /** Puts a manifest under a tag or digest. */
    public void putManifest(String repository, String reference, TestImages.Content manifest)
            throws IOException, InterruptedException {
        HttpResponse<Void> response = send(
                HttpRequest.newBuilder(uri().resolve("/v2/" + repository + "/manifests/" + reference))
                        .header("Content-Type", manifest.mediaType())
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest.bytes())),
                repository);
        assertThat(response.statusCode()).isEqualTo(201);
    }

    /** Pushes an image with this configuration under a tag, as a client does; gives its manifest. */
    public TestImages.Content push(String repository, String tag, TestImages.Content config)
            throws IOException, InterruptedException {
        putBlob(repository, config);
        TestImages.Content manifest = TestImages.manifest(config);
        putManifest(repository, tag, manifest);
        return manifest;
    }

    /** Takes a manifest away. */
    public void delete(String repository, String digest) throws IOException, InterruptedException {
        HttpResponse<Void> response = send(
                HttpRequest.newBuilder(uri().resolve("/v2/" + repository + "/manifests/" + digest))
                        .DELETE(),
                repository);
        assertThat(response.statusCode()).isEqualTo(202);
    }

    /** Ends it as kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        client.close();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private HttpResponse<Void> send(HttpRequest.Builder request, String repository)
            throws IOException, InterruptedException {
        var access = java.util.List.of(java.util.Map.of(
                "type", "repository", "name", repository, "actions", java.util.List.of("pull", "push", "delete")));
        String token = tokens.sign(tokens.claims("tester").claim("access", access));
        return client.send(
                request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.discarding());
    }

    private int status(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri().resolve(path)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
