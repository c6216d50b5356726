package dev.rac.notifier.image;

import dev.rac.notifier.event.References;
import dev.rac.service.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A manifest, or an index of manifests (OCI Image Specification, "Image Manifest" and "Image Index"). */
sealed interface Manifest {
    /**
     * An image for one platform.
     *
     * @param configMediaType tells images from other artifacts
     */
    record Single(String configDigest, String configMediaType) implements Manifest {}

    /** Images for several platforms. */
    record Index(List<Entry> entries) implements Manifest {
        public Index {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One image of an index.
     *
     * @param os empty if the index does not say
     * @param architecture empty if the index does not say
     */
    record Entry(String digest, String os, String architecture) {}

    /**
     * Parses a manifest of any of the {@link MediaTypes#MANIFESTS}.
     *
     * @throws UnsuitableImageException if it is none
     */
    static Manifest parse(byte[] content) {
        JsonNode manifest;
        try {
            manifest = Json.MAPPER.readTree(content);
        } catch (JacksonException e) {
            throw new UnsuitableImageException("the manifest is not JSON");
        }
        if (manifest.path("manifests").isArray()) {
            var entries = new ArrayList<Entry>();
            manifest.path("manifests").forEach(entry -> entries.add(entry(entry)));
            return new Index(entries);
        }
        JsonNode config = manifest.path("config");
        return new Single(digest(config), config.path("mediaType").asString(""));
    }

    private static Entry entry(JsonNode entry) {
        JsonNode platform = entry.path("platform");
        return new Entry(
                digest(entry),
                platform.path("os").asString(""),
                platform.path("architecture").asString(""));
    }

    private static String digest(JsonNode descriptor) {
        String digest = descriptor.path("digest").asString("");
        if (!References.isDigest(digest)) {
            throw new UnsuitableImageException(
                    "the manifest names no image: it lacks a digest, or has an unknown kind");
        }
        return digest;
    }
}
