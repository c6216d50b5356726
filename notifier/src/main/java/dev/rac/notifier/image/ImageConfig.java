package dev.rac.notifier.image;

import dev.rac.service.json.Json;
import dev.rac.targets.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an image's configuration says (OCI Image Specification, "Image Configuration", and Docker's additions to it).
 *
 * @param exposedPorts as they stand there: {@code 80/tcp}, {@code 53/udp}, {@code 8080}
 * @param volumes paths in the container
 */
public record ImageConfig(
        Platform platform,
        List<String> exposedPorts,
        List<String> volumes,
        Optional<HealthCheck> healthCheck,
        Map<String, String> labels) {

    public ImageConfig {
        exposedPorts = List.copyOf(exposedPorts);
        volumes = List.copyOf(volumes);
        labels = Map.copyOf(labels);
    }

    /**
     * {@code HEALTHCHECK}, with Docker's defaults where it leaves something out.
     *
     * @param retries failures in a row that make the container unhealthy
     */
    public record HealthCheck(Duration startPeriod, Duration interval, Duration timeout, int retries) {
        private static final long DEFAULT_INTERVAL_NANOS = 30_000_000_000L;
        private static final int DEFAULT_RETRIES = 3;

        private static Optional<HealthCheck> parse(JsonNode node) {
            String kind = node.path("Test").path(0).asString("");
            if (kind.isEmpty() || kind.equals("NONE")) {
                return Optional.empty();
            }
            int retries = node.path("Retries").asInt(0);
            return Optional.of(new HealthCheck(
                    Duration.ofNanos(Math.max(0, node.path("StartPeriod").asLong(0))),
                    nanos(node, "Interval"),
                    nanos(node, "Timeout"),
                    retries > 0 ? retries : DEFAULT_RETRIES));
        }

        private static Duration nanos(JsonNode node, String field) {
            long nanos = node.path(field).asLong(0);
            return Duration.ofNanos(nanos > 0 ? nanos : DEFAULT_INTERVAL_NANOS);
        }
    }

    /**
     * Parses a configuration. Fields that are missing or of another kind count as not set.
     *
     * @throws UnsuitableImageException if it is no JSON object, or does not say its platform
     */
    static ImageConfig parse(byte[] content) {
        JsonNode image;
        try {
            image = Json.MAPPER.readTree(content);
        } catch (JacksonException e) {
            throw new UnsuitableImageException("the image's configuration is not JSON");
        }
        String os = image.path("os").asString("");
        String architecture = image.path("architecture").asString("");
        if (os.isEmpty() || architecture.isEmpty()) {
            throw new UnsuitableImageException("the image's configuration does not say its os and architecture");
        }
        JsonNode config = image.path("config");
        return new ImageConfig(
                new Platform(os, architecture),
                names(config.path("ExposedPorts")),
                names(config.path("Volumes")),
                HealthCheck.parse(config.path("Healthcheck")),
                labels(config.path("Labels")));
    }

    private static Map<String, String> labels(JsonNode node) {
        var labels = new HashMap<String, String>();
        node.properties()
                .forEach(label -> labels.put(
                        wellFormed(label.getKey()), wellFormed(label.getValue().asString(""))));
        return labels;
    }

    private static List<String> names(JsonNode node) {
        return node.propertyNames().stream().map(ImageConfig::wellFormed).toList();
    }

    // JSON can write half of a surrogate pair; UTF-8 cannot, and what a target keeps must read back the same.
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
