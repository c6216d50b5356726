package dev.rac.targets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pushes images to a registry as a client does (OCI Distribution Specification, "Pushing"), without an engine, which
 * would keep their layers, and take seconds to build them.
 */
public final class ImagePush {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String host;
    private final Optional<String> authorization;

    /** To a registry that lets anybody push. */
    public ImagePush(String host) {
        this(host, Optional.empty());
    }

    /** As a user that the registry knows (RFC 7617). */
    public ImagePush(PullCredential user) {
        this(user.registry(), Optional.of("Basic " + encode(user.user() + ":" + user.password())));
    }

    private ImagePush(String host, Optional<String> authorization) {
        this.host = host;
        this.authorization = authorization;
    }

    /** What is in a folder, as a layer: the same bytes for the same files, whoever has them and since when. */
    public static byte[] layer(Path folder) throws IOException {
        Path tar = Files.createTempFile("rac-test-layer", ".tar");
        try {
            String[] same = {"--sort=name", "--mtime=@0", "--owner=0", "--group=0"};
            Commands.run(
                    "tar", same[0], same[1], same[2], same[3], "-C", folder.toString(), "-cf", tar.toString(), ".");
            return Files.readAllBytes(tar);
        } finally {
            Files.delete(tar);
        }
    }

    /**
     * Pushes an image for this machine's kind of Linux.
     *
     * @param settings what the image's configuration has as {@code config}
     * @param layers the lowest first
     * @return the manifest's digest
     */
    public String push(String repository, String tag, Map<String, ?> settings, List<byte[]> layers) {
        byte[] config = JSON.writeValueAsBytes(Map.of(
                "os",
                "linux",
                "architecture",
                System.getProperty("os.arch").replace("x86_64", "amd64").replace("aarch64", "arm64"),
                "config",
                settings,
                "rootfs",
                Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        layers.stream().map(ImagePush::digest).toList())));
        layers.forEach(layer -> blob(repository, layer));
        blob(repository, config);
        byte[] manifest = JSON.writeValueAsBytes(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "config",
                descriptor(CONFIG, config),
                "layers",
                layers.stream().map(layer -> descriptor(LAYER, layer)).toList()));
        send(
                201,
                HttpRequest.newBuilder(uri("/v2/" + repository + "/manifests/" + tag))
                        .header("Content-Type", MANIFEST)
                        .PUT(BodyPublishers.ofByteArray(manifest)));
        return digest(manifest);
    }

    private void blob(String repository, byte[] content) {
        URI begun = send(
                        202,
                        HttpRequest.newBuilder(uri("/v2/" + repository + "/blobs/uploads/"))
                                .POST(BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .map(location -> uri("/").resolve(location))
                .orElseThrow();
        String separator = begun.getQuery() == null ? "?" : "&";
        send(
                201,
                HttpRequest.newBuilder(URI.create(begun + separator + "digest=" + digest(content)))
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(content)));
    }

    private HttpResponse<String> send(int expected, HttpRequest.Builder request) {
        authorization.ifPresent(value -> request.header("Authorization", value));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != expected) {
                throw new IllegalStateException(
                        response.uri() + " answered " + response.statusCode() + ": " + response.body());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://" + host + path);
    }

    private static Map<String, Object> descriptor(String mediaType, byte[] content) {
        return Map.of("mediaType", mediaType, "digest", digest(content), "size", content.length);
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String encode(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
