package dev.rac.notifier;

import dev.rac.service.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Images as bytes. */
public final class TestImages {
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private TestImages() {}

    /** Content with its media type and digest. */
    public record Content(String mediaType, String text) {
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        public String digest() {
            return TestImages.digest(bytes());
        }
    }

    /** The configuration of an image. */
    public static Content config(String os, String architecture, Map<String, ?> config) {
        return json(
                CONFIG,
                Map.of(
                        "os",
                        os,
                        "architecture",
                        architecture,
                        "config",
                        config,
                        "rootfs",
                        Map.of("type", "layers", "diff_ids", List.of())));
    }

    /** The configuration of an image with one layer. */
    public static Content config(String os, String architecture, Map<String, ?> config, String diffId) {
        return json(
                CONFIG,
                Map.of(
                        "os",
                        os,
                        "architecture",
                        architecture,
                        "config",
                        config,
                        "rootfs",
                        Map.of("type", "layers", "diff_ids", List.of(diffId))));
    }

    /** The manifest of an image with one layer, a tar that is not compressed. */
    public static Content manifest(Content config, byte[] layer) {
        Map<String, Object> descriptor = Map.of(
                "mediaType", "application/vnd.oci.image.layer.v1.tar", "digest", digest(layer), "size", layer.length);
        return json(
                MANIFEST,
                Map.of(
                        "schemaVersion",
                        2,
                        "mediaType",
                        MANIFEST,
                        "config",
                        descriptor(config),
                        "layers",
                        List.of(descriptor)));
    }

    /** The manifest of an image without layers. */
    public static Content manifest(Content config) {
        return json(
                MANIFEST,
                Map.of("schemaVersion", 2, "mediaType", MANIFEST, "config", descriptor(config), "layers", List.of()));
    }

    /** An index entry for a platform. */
    public static Map<String, Object> entry(Content manifest, String os, String architecture) {
        return Map.of(
                "mediaType",
                manifest.mediaType(),
                "digest",
                manifest.digest(),
                "size",
                manifest.bytes().length,
                "platform",
                Map.of("os", os, "architecture", architecture));
    }

    public static Content index(List<Map<String, Object>> entries) {
        return json(INDEX, Map.of("schemaVersion", 2, "mediaType", INDEX, "manifests", entries));
    }

    public static Content json(String mediaType, Map<String, ?> content) {
        return new Content(mediaType, Json.MAPPER.writeValueAsString(content));
    }

    public static Map<String, Object> descriptor(Content content) {
        return Map.of("mediaType", content.mediaType(), "digest", content.digest(), "size", content.bytes().length);
    }

    public static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
