package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Keys that are rotated in a running stack, whose clients notice nothing of it, but for what is dropped. */
final class RotatedKeysIT {
    private static final int CLIENTS = 4;
    private static final int REQUESTS_AFTER = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String namespace = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    @Test
    void noRequestIsRefusedWhileTheKeyAndThenTheAuthorityAreRotated() throws Exception {
        var docker = new DockerClient(directory.resolve("nobody"));
        var stack = new RunningStack(
                directory, namespace, Map.of("RAC_TARGET", "docker", "RAC_ADMIN_PASSWORD", "admin-password"));
        try (var http = HttpClient.newHttpClient();
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            String image = stack.registry() + "/hello";
            docker.buildWebServer(image, "echo hello > /www/index.html");
            docker.must("push", image);
            Path authority = directory.resolve("data/certs/token-authority.pem");
            String before = Files.readString(authority);
            var over = new AtomicBoolean();
            var clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> threads.submit(() -> {
                        while (!over.get()) {
                            pull(http, stack);
                        }
                        return true;
                    }))
                    .toList();
            try {
                rotate(stack, "");
                awaitMore();
                rotate(stack, "{\"authority\": true}");
                awaitMore();
                rotate(stack, "");
                awaitMore();
            } finally {
                over.set(true);
            }
            for (Future<Boolean> client : clients) {
                assertThat(client.get()).isTrue();
            }

            assertThat(answers).containsOnlyKeys(200);
            assertThat(Files.readString(authority)).isNotEqualTo(before);
            docker.must("push", image);
            String leaked = token(stack.call("GET", "/token?service=localhost&scope=repository:hello:pull", ""));
            assertThat(manifest(http, stack, leaked)).isEqualTo(200);

            rotate(stack, "{\"authority\": true, \"drop_old\": true}");

            assertThat(manifest(http, stack, leaked)).isEqualTo(401);
            docker.must("push", image);
        } finally {
            stack.stop();
            new DockerPlatform().cleanUp(namespace);
        }
    }

    private static void rotate(RunningStack stack, String how) throws Exception {
        var answer = stack.call("admin", "admin-password", "POST", "/signing-keys/rotate", how);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void pull(HttpClient http, RunningStack stack) throws Exception {
        var token = stack.call("GET", "/token?service=localhost&scope=repository:hello:pull", "");
        count(token.statusCode());
        if (token.statusCode() == 200) {
            count(manifest(http, stack, token(token)));
        }
    }

    private static int manifest(HttpClient http, RunningStack stack, String token) throws Exception {
        var manifest = HttpRequest.newBuilder(URI.create("http://" + stack.registry() + "/v2/hello/manifests/latest"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                .timeout(PATIENCE)
                .build();
        return http.send(manifest, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String token(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).path("token").asString();
    }

    private void count(int status) {
        answers.computeIfAbsent(status, unseen -> new AtomicInteger()).incrementAndGet();
    }

    private void awaitMore() {
        int now = total();
        await().atMost(PATIENCE).until(() -> total() > now + REQUESTS_AFTER);
    }

    private int total() {
        return answers.values().stream().mapToInt(AtomicInteger::get).sum();
    }
}
