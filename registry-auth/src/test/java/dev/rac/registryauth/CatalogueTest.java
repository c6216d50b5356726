package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /repositories}, with a registry that is slow, or has very many. */
class CatalogueTest {
    private static final int AT_ONCE = 4;
    private static final int PAGES = 10;

    private final TreeSet<String> names = new TreeSet<>();
    private final AtomicInteger pages = new AtomicInteger();
    private final Semaphore asked = new Semaphore(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private HttpServer registry;
    private AuthServer server;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/v2/_catalog", this::page);
        registry.setExecutor(threads);
        registry.start();
        server = AuthServer.start(
                data,
                "RAC_REGISTRY_URL",
                "http://127.0.0.1:" + registry.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        answers.countDown();
        server.close();
        registry.stop(0);
        threads.close();
    }

    @Test
    void onlySoManyListsAreMadeAtOnce() throws Exception {
        names.add("hello");
        answers = new CountDownLatch(1);
        var running = new ArrayList<Future<Reply>>();
        for (int i = 0; i < AT_ONCE; i++) {
            running.add(threads.submit(() -> server.get("/repositories", null)));
        }
        assertThat(asked.tryAcquire(AT_ONCE, 30, TimeUnit.SECONDS)).isTrue();

        Reply refused = server.get("/repositories", null);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("2");
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(pages).hasValue(AT_ONCE);

        answers.countDown();
        for (Future<Reply> list : running) {
            assertThat(list.get().body()).contains("\"hello\"");
        }
        assertThat(server.get("/repositories", null).status()).isEqualTo(200);
    }

    @Test
    void whoSeesFewOfVeryManyIsToldWhereToGoOn() {
        String alice = server.signUp("alice");
        server.send("POST", "/claim", alice, Map.of("repository", "alice/*"));
        IntStream.range(0, PAGES + 2).forEach(i -> names.add("alice/" + (char) ('a' + i)));
        names.add("seen");

        Reply first = server.get("/repositories", null);
        assertThat(first.body()).isEqualTo("[]");
        assertThat(first.header("Link")).isEqualTo("</repositories?after=alice%2Fj>; rel=\"next\"");
        assertThat(pages).hasValue(PAGES);

        Reply second = server.get("/repositories?after=alice%2Fj", null);
        assertThat(second.json()).hasSize(1);
        assertThat(second.json().path(0).path("repository").asString()).isEqualTo("seen");
        assertThat(second.header("Link")).isEmpty();
        assertThat(pages).hasValue(PAGES + 3);
    }

    private void awaitAnswers() {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One name, and where the next one is (Distribution's API, "Pagination"). */
    private void page(HttpExchange exchange) throws IOException {
        // One too many is answered at once, so that it would be seen.
        if (pages.incrementAndGet() <= AT_ONCE) {
            asked.release();
            awaitAnswers();
        }
        String query = exchange.getRequestURI().getRawQuery();
        int last = query.indexOf("&last=");
        String after = last < 0 ? "" : URLDecoder.decode(query.substring(last + 6), StandardCharsets.UTF_8);
        String name = after.isEmpty() ? names.first() : names.higher(after);
        if (name != null && names.higher(name) != null) {
            exchange.getResponseHeaders().set("Link", "</v2/_catalog?n=1&last=" + name + ">; rel=\"next\"");
        }
        byte[] body = Json.MAPPER.writeValueAsBytes(Map.of("repositories", name == null ? List.of() : List.of(name)));
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
