package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.app;
import static dev.rac.targets.kubernetes.TestObjects.deployment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server may do to a watch, by one of the test's own. */
final class InformersTest {
    private static final String GONE = """
            {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 410, \
            "reason": "Expired", "message": "too old resource version"}}
            """;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger deploymentLists = new AtomicInteger();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/apis/apps/v1/namespaces/rac/deployments", this::deployments);
        server.createContext("/api/v1/namespaces/rac/pods", this::pods);
        server.start();
        Config config = Config.empty();
        config.setMasterUrl("http://127.0.0.1:" + server.getAddress().getPort());
        config.setRequestRetryBackoffLimit(3);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }

    @Test
    void aWatchThatHasExpiredAndAServerThatIsBusyAreCaughtUpWith() {
        try (var informers = new Informers(client, "rac")) {
            informers.start();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> informers.view(app().name()).map(AppView::replicas), Optional.of(1)::equals);
        }
        assertThat(deploymentLists.get()).isGreaterThanOrEqualTo(3);
    }

    /** First asleep, then, after the watch of that has expired and a refusal for want of time, awake. */
    private void deployments(HttpExchange exchange) throws IOException {
        if (isWatch(exchange)) {
            answer(exchange, 200, GONE);
            return;
        }
        int lists = deploymentLists.incrementAndGet();
        if (lists == 2) {
            answer(exchange, 429, """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 429}""");
            return;
        }
        var seen = new DeploymentBuilder(deployment(lists == 1 ? 0 : 1))
                .editMetadata()
                .withNamespace("rac")
                .withUid("uid")
                .withResourceVersion("" + lists)
                .endMetadata()
                .build();
        answer(
                exchange,
                200,
                client.getKubernetesSerialization()
                        .asJson(new DeploymentListBuilder()
                                .withMetadata(version("" + lists))
                                .withItems(seen)
                                .build()));
    }

    private void pods(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                isWatch(exchange)
                        ? ""
                        : client.getKubernetesSerialization()
                                .asJson(new PodListBuilder()
                                        .withMetadata(version("1"))
                                        .build()));
    }

    private static ListMeta version(String version) {
        return new ListMetaBuilder().withResourceVersion(version).build();
    }

    private static boolean isWatch(HttpExchange exchange) {
        return exchange.getRequestURI().getQuery().contains("watch=true");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body.getBytes(UTF_8));
        }
    }
}
