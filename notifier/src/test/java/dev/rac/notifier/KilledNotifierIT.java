package dev.rac.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.notifier.deploy.Backoff;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledNotifierIT {
    private static final int KILLS = 3;

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedIsDeployedThoughTheProcessWasKilledAtOnce() throws Exception {
        try (var tokens = TokenServer.start(directory);
                var registry = ContentServer.start()) {
            Map<String, String> settings = settings(tokens, registry);
            var manifest = registry.addImage("amd64", Map.of());
            for (int i = 0; i < KILLS; i++) {
                acknowledgeAndKill(settings, "app-" + i, manifest);
            }

            var target = new MemoryTarget();
            var backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));
            try (var notifier = Notifier.start(
                    NotifierSettings.read(new Environment(settings)),
                    target,
                    new Metrics(),
                    Clock.systemUTC(),
                    backoff)) {
                assertThat(notifier.uri()).isNotNull();
                await().atMost(Duration.ofMinutes(2)).until(() -> target.apps().size() == KILLS);
            }
        }
    }

    private Map<String, String> settings(TokenServer tokens, ContentServer registry) {
        return Map.of(
                "RAC_PORT",
                "0",
                "RAC_DATA",
                directory.toString(),
                "RAC_DOMAIN",
                TokenServer.SERVICE,
                "RAC_REGISTRY_URL",
                registry.uri().toString(),
                "RAC_REGISTRY_HOST",
                "rac.test",
                "RAC_AUTH_URL",
                tokens.uri().toString(),
                "RAC_SERVICE_SECRET",
                TokenServer.SECRET,
                "RAC_NOTIFICATION_SECRET",
                "notification-secret");
    }

    private void acknowledgeAndKill(Map<String, String> settings, String repository, TestImages.Content manifest)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NotifierProcess.class.getName())
                .redirectError(directory.resolve("error.log").toFile());
        builder.environment().putAll(new HashMap<>(settings));
        Process process = builder.start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                HttpClient client = HttpClient.newHttpClient()) {
            String uri = output.lines()
                    .filter(line -> line.startsWith("listening "))
                    .findFirst()
                    .orElseThrow()
                    .substring("listening ".length());
            String body = """
                    {"events": [{"id": "%s", "action": "push", "target": {"mediaType": "%s", "digest": "%s",
                      "repository": "%s", "tag": "latest"}}]}
                    """.formatted(repository, manifest.mediaType(), manifest.digest(), repository);
            var request = HttpRequest.newBuilder(URI.create(uri + "/notifications"))
                    .header("Authorization", "Bearer notification-secret")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();

            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            process.destroyForcibly();

            assertThat(status).isEqualTo(202);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
