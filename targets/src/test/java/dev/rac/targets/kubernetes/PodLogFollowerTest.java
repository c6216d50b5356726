package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.app;
import static dev.rac.targets.kubernetes.TestObjects.deployment;
import static dev.rac.targets.kubernetes.TestObjects.pod;
import static dev.rac.targets.kubernetes.TestObjects.running;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rac.targets.LogLine;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Follows a log that a server of the test's own sends. */
final class PodLogFollowerTest {
    private static final String FIRST = "2026-11-22T03:04:05.000000001Z";
    private static final String LOG = "/api/v1/namespaces/rac/pods/alice-hello-1-uid/log";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<LogLine> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private KubernetesClient client;
    private volatile String query = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/namespaces/rac/pods", exchange -> answer(exchange, 200, pods()));
        server.start();
        Config config = Config.empty();
        config.setMasterUrl("http://127.0.0.1:" + server.getAddress().getPort());
        config.setRequestRetryBackoffLimit(0);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.close();
        server.stop(0);
        threads.close();
    }

    @Test
    void linesComeAsTheyAreWrittenUntilTheEnd() throws Exception {
        server.createContext(LOG, exchange -> stream(exchange, FIRST + " one\n", FIRST + " two\n"));

        Future<?> following = follow("uid", Optional.of(Instant.parse(FIRST)));

        await().until(() -> texts().contains("one"));
        assertThat(following.isDone()).isFalse();
        assertThat(texts()).containsExactly("one");
        assertThat(query).contains("follow=true", "timestamps=true", "container=app", "sinceTime=2026-11-22T03:04:05Z");
        end.countDown();
        following.get(10, TimeUnit.SECONDS);
        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void anInterruptionEndsIt() {
        server.createContext(LOG, exchange -> stream(exchange, FIRST + " one\n", ""));
        Thread following =
                Thread.ofVirtual().start(() -> follower().follow(app().name(), "uid", Optional.empty(), lines::add));
        await().until(() -> texts().contains("one"));

        following.interrupt();

        await().atMost(10, TimeUnit.SECONDS).until(() -> !following.isAlive());
    }

    @Test
    void whatTheServerRefusesIsToldInItsWords() {
        server.createContext(LOG, exchange -> answer(exchange, 400, """
                {"kind": "Status", "apiVersion": "v1", "code": 400, "message": "container app is waiting to start"}"""));

        assertThatThrownBy(() -> follow("uid", Optional.empty()).get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TargetException.class)
                .hasMessageContaining("waiting to start");
    }

    @Test
    void aLostConnectionIsNoEnd() {
        server.createContext(LOG, exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write((FIRST + " one\n").getBytes(UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        });

        assertThatThrownBy(() -> follow("uid", Optional.empty()).get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TargetException.class)
                .hasMessageContaining("broke off");
    }

    @Test
    void anInstanceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> follow("other-uid", Optional.empty()).get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TargetException.class)
                .hasMessageContaining("other-uid");
    }

    private Future<?> follow(String instance, Optional<Instant> since) {
        return threads.submit(() -> follower().follow(app().name(), instance, since, lines::add));
    }

    private PodLogFollower follower() {
        var errors = new ApiErrors("the test's server");
        return new PodLogFollower(client, "rac", new ApiObjects(client, "rac", errors), errors);
    }

    private List<String> texts() {
        return lines.stream().map(LogLine::text).toList();
    }

    private String pods() {
        return client.getKubernetesSerialization()
                .asJson(new PodListBuilder()
                        .withItems(pod(deployment(1), "uid", running()))
                        .build());
    }

    /** Sends the second part when the test says so. */
    private void stream(HttpExchange exchange, String first, String second) throws IOException {
        query = exchange.getRequestURI().getQuery();
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(first.getBytes(UTF_8));
            body.flush();
            end.await();
            body.write(second.getBytes(UTF_8));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
