package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.route.OwnRoute;
import dev.rac.service.health.Health;
import dev.rac.service.json.Json;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The pages that the front door answers itself. */
final class OwnPages {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    private final RecentHealth health;
    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("readyz-", 0).factory());

    OwnPages(Health health) {
        this.health = new RecentHealth(health);
    }

    void send(HttpServerExchange exchange, OwnRoute.Page page) {
        switch (page) {
            case WELCOME -> welcome(exchange);
            case HEALTH -> json(exchange, StatusCodes.OK, Map.of("status", "ok"));
            case READINESS -> exchange.dispatch(threads, () -> readiness(exchange));
        }
    }

    private void welcome(HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        boolean html = ErrorPage.wantsHtml(exchange);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, html ? HTML : TEXT);
        exchange.getResponseSender()
                .send(
                        html
                                ? Welcome.html(host, exchange.getRequestScheme())
                                : Welcome.text(host, exchange.getRequestScheme()));
    }

    /** Strangers hear which part is not ready, and nothing more. */
    private void readiness(HttpServerExchange exchange) {
        Set<String> failures = health.failures();
        boolean ready = failures.isEmpty();
        json(
                exchange,
                ready ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE,
                ready ? Map.of("status", "ok") : Map.of("status", "not ready", "failures", failures));
    }

    private static void json(HttpServerExchange exchange, int status, Map<String, ?> body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(Json.MAPPER.writeValueAsString(body));
    }
}
