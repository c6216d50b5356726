package dev.rac.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.health.Health;
import dev.rac.service.metrics.Metrics;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ApiServerTest {
    private record Greeting(String name) {}

    private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ApiServer server =
            ApiServer.start("127.0.0.1", 0, new Health().check("part", problem::get), metrics, config -> {
                config.routes.post("/greet", ctx -> ctx.json(ctx.bodyAsClass(Greeting.class)));
                config.routes.get("/echo", ctx -> ctx.result(String.valueOf(ctx.header("Authorization"))));
                config.routes.get("/no", ctx -> {
                    throw new ProblemException(Problem.forbidden("not you"));
                });
                config.routes.get("/bug", ctx -> {
                    throw new IllegalStateException("secret detail");
                });
            });

    @AfterEach
    void stop() {
        client.close();
        server.close();
        metrics.close();
    }

    @Test
    void isReadyUntilAPartFails() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        problem.set(Optional.of("it is away"));
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("part", "it is away");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        assertThat(get("/metrics").body()).contains("# TYPE jvm_memory_used_bytes gauge");
    }

    @Test
    void problemsAreAnsweredAsProblemJson() throws Exception {
        var answer = get("/no");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body()).contains("urn:rac:forbidden", "not you");
        assertThat(get("/nothing").body()).contains("urn:rac:not-found");
    }

    @Test
    void nothingInternalReachesAClient() throws Exception {
        var answer = get("/bug");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret detail");
    }

    @Test
    void credentialsThatDifferInCaseOnlyAreNotTakenForThoseBefore() throws Exception {
        for (String authorization : new String[] {"Bearer aBcD", "Bearer ABCD", "Bearer abcd"}) {
            HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/echo"))
                    .header("Authorization", authorization)
                    .build();
            assertThat(send(request).body()).isEqualTo(authorization);
        }
    }

    @Test
    void aBodyThatIsNoJsonOrTooLongIsRefused() throws Exception {
        assertThat(post("{\"name\":\"x\"}").body()).isEqualTo("{\"name\":\"x\"}");
        assertThat(post("{").statusCode()).isEqualTo(400);
        assertThat(post("[1]").statusCode()).isEqualTo(400);
        assertThat(post("").statusCode()).isEqualTo(400);
        assertThat(post("null").statusCode()).isEqualTo(400);
        assertThat(post("\"" + "x".repeat((int) ApiServer.MAX_BODY_BYTES) + "\"")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aPageOfAnotherSiteChangesNothing() throws Exception {
        assertThat(postFrom("same-site")).isEqualTo(403);
        assertThat(postFrom("cross-site")).isEqualTo(403);
        assertThat(postFrom("same-origin")).isEqualTo(200);
    }

    @Test
    void aMethodThatAPathDoesNotTakeIsToldWhichItDoes() throws Exception {
        var answer = send(
                HttpRequest.newBuilder(server.uri().resolve("/greet")).DELETE().build());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("POST");
    }

    @Test
    void whatTheServerCannotReadIsAProblemToo() throws Exception {
        assertThat(raw("GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "urn:rac:bad-request");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "urn:rac:bad-request");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(server.uri().getHost(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int postFrom(String site) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.uri().resolve("/greet"))
                        .header("Sec-Fetch-Site", site)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"x\"}"))
                        .build())
                .statusCode();
    }

    @Test
    void aPortInUseIsSaidInOneLine() {
        assertThatThrownBy(() -> ApiServer.start("127.0.0.1", server.port(), new Health(), metrics, config -> {}))
                .isInstanceOf(ServerStartException.class)
                .message()
                .contains(String.valueOf(server.port()))
                .hasLineCount(1);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.uri().resolve(path)).build());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.uri().resolve("/greet"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
