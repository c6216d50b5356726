package dev.rac.registryauth;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The real registry, Debian's {@code docker-registry}, on a free port with its blobs in a directory. */
final class Registry implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/bin/docker-registry");
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    /** Starts it, with {@code auth} as its token server. */
    static Registry start(Path directory, AuthServer auth) throws IOException {
        return start(directory, auth, auth.auth().certificateBundle());
    }

    /** Starts it, with other certificates than its token server's. */
    static Registry start(Path directory, AuthServer auth, Path bundle) throws IOException {
        var registry = new Registry(directory, auth, bundle);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> registry.status("GET", "/v2/", null) == 401);
        return registry;
    }

    private Registry(Path directory, AuthServer auth, Path bundle) throws IOException {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path config = directory.resolve("registry.yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: info}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:%d"}
                auth:
                  token: {realm: "%s", service: localhost, issuer: rac, rootcertbundle: %s}
                """.formatted(directory.resolve("blobs"), port, auth.uri("/token"), bundle));
        process = new ProcessBuilder(BINARY.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("registry.log").toFile())
                .start();
    }

    /** {@code host:port}, as the docker client names it. */
    String host() {
        return "127.0.0.1:" + port;
    }

    /** The status of a request without a body. */
    int status(String method, String path, @Nullable String token) throws IOException, InterruptedException {
        return send(method, uri(path), token, null, null).statusCode();
    }

    /** Pushes an image as clients do, all with one token; gives the first status that is no success, or 201. */
    int push(String repository, String tag, @Nullable String token) throws IOException, InterruptedException {
        String config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";
        HttpResponse<String> begun = send("POST", uri("/v2/" + repository + "/blobs/uploads/"), token, null, null);
        if (begun.statusCode() != 202) {
            return begun.statusCode();
        }
        URI upload = uri("/").resolve(begun.headers().firstValue("Location").orElseThrow());
        URI whole = URI.create(upload + (upload.getQuery() == null ? "?" : "&") + "digest=" + digest(config));
        HttpResponse<String> uploaded = send("PUT", whole, token, config, "application/octet-stream");
        if (uploaded.statusCode() != 201) {
            return uploaded.statusCode();
        }
        return send("PUT", uri("/v2/" + repository + "/manifests/" + tag), token, manifest(config), MANIFEST)
                .statusCode();
    }

    /** The digest of what {@link #push} pushes. */
    static String pushedDigest() {
        return digest(manifest("{\"architecture\":\"amd64\",\"os\":\"linux\"}"));
    }

    /** The digest of the configuration, a blob, of what {@link #push} pushes. */
    static String pushedConfigDigest() {
        return digest("{\"architecture\":\"amd64\",\"os\":\"linux\"}");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        http.close();
    }

    private URI uri(String path) {
        return URI.create("http://" + host() + path);
    }

    private HttpResponse<String> send(
            String method, URI uri, @Nullable String token, @Nullable String body, @Nullable String contentType)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept", MANIFEST)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String manifest(String config) {
        return """
                {"schemaVersion":2,"mediaType":"%s","layers":[],\
                "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"}}""".formatted(MANIFEST, config.length(), digest(config));
    }

    private static String digest(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
