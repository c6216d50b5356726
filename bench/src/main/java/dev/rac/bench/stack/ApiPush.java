package dev.rac.bench.stack;

import dev.rac.bench.process.ProcessException;
import dev.rac.service.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Pushes images as a client does (OCI Distribution Specification, "Pushing"), past every engine. */
public final class ApiPush {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    // An empty tar.
    private static final byte[] LAYER = new byte[10_240];

    private final Stack stack;

    public ApiPush(Stack stack) {
        this.stack = stack;
    }

    /** Pushes a small image that says whose it is. */
    public void push(String repository) {
        push(repository, Map.of("Cmd", List.of("/none"), "Labels", Map.of("of", repository)), List.of(LAYER));
    }

    /**
     * Pushes an image.
     *
     * @param settings what its configuration has as {@code config}
     * @param layers tars, the lowest first
     */
    public void push(String repository, Map<String, ?> settings, List<byte[]> layers) {
        String token = token(repository);
        byte[] config = Json.MAPPER.writeValueAsBytes(Map.of(
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
                        layers.stream().map(ApiPush::digest).toList())));
        layers.forEach(layer -> blob(repository, layer, token));
        blob(repository, config, token);
        byte[] manifest = Json.MAPPER.writeValueAsBytes(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "config",
                descriptor("application/vnd.oci.image.config.v1+json", config),
                "layers",
                layers.stream()
                        .map(layer -> descriptor("application/vnd.oci.image.layer.v1.tar", layer))
                        .toList()));
        expect(
                201,
                request("/v2/" + repository + "/manifests/latest", token)
                        .header("Content-Type", MANIFEST)
                        .PUT(BodyPublishers.ofByteArray(manifest)));
    }

    private String token(String repository) {
        String path = "/token?service=localhost&scope=repository:" + repository + ":pull,push";
        return Json.MAPPER
                .readTree(stack.send(HttpRequest.newBuilder(uri(path))).body())
                .path("token")
                .asString();
    }

    private void blob(String repository, byte[] content, String token) {
        HttpResponse<String> begun = expect(
                202, request("/v2/" + repository + "/blobs/uploads/", token).POST(BodyPublishers.noBody()));
        URI location = uri("/").resolve(begun.headers().firstValue("Location").orElseThrow());
        String separator = location.getQuery() == null ? "?" : "&";
        expect(
                201,
                HttpRequest.newBuilder(URI.create(location + separator + "digest=" + digest(content)))
                        .header("Authorization", "Bearer " + token)
                        .PUT(BodyPublishers.ofByteArray(content)));
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private URI uri(String path) {
        return URI.create("http://" + stack.registry() + path);
    }

    private HttpResponse<String> expect(int status, HttpRequest.Builder request) {
        HttpResponse<String> response = stack.send(request);
        if (response.statusCode() != status) {
            throw new ProcessException(response.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response;
    }

    private static Map<String, Object> descriptor(String mediaType, byte[] content) {
        return Map.of("mediaType", mediaType, "digest", digest(content), "size", content.length);
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
