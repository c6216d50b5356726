package dev.rac.edgeproxy.forward;

import dev.rac.service.http.Problem;
import dev.rac.service.json.Json;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * An answer of the front door itself that says what went wrong: a page for browsers, {@code problem+json} for others.
 *
 * @param retryAfter when the same request may succeed
 */
record ErrorPage(Problem problem, Optional<Duration> retryAfter) {
    /** Stands in the answer and in the log. */
    static final HttpString REQUEST_ID = new HttpString("X-Request-Id");

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPage.class);

    static ErrorPage of(Problem problem) {
        return new ErrorPage(problem, Optional.empty());
    }

    static ErrorPage badRequest(@Nullable String detail) {
        return of(Problem.of(StatusCodes.BAD_REQUEST, "bad-request", "The request is not valid", detail));
    }

    static ErrorPage notFound(String detail) {
        return of(Problem.notFound(detail));
    }

    static ErrorPage badGateway(String detail) {
        return of(Problem.of(StatusCodes.BAD_GATEWAY, "bad-gateway", "No answer from behind the front door", detail));
    }

    static ErrorPage unavailable(String detail, Duration retryAfter) {
        return new ErrorPage(Problem.unavailable(detail), Optional.of(retryAfter));
    }

    static ErrorPage internal() {
        return of(Problem.of(StatusCodes.INTERNAL_SERVER_ERROR, "internal", "Internal error", null));
    }

    /** Answers the exchange, whose response has not begun. */
    void send(HttpServerExchange exchange) {
        String id = UUID.randomUUID().toString();
        LOG.atLevel(problem.status() >= StatusCodes.INTERNAL_SERVER_ERROR ? Level.INFO : Level.DEBUG)
                .log(
                        "{} {} is answered {}: {} (request {})",
                        exchange.getRequestMethod(),
                        exchange.getRequestURL(),
                        problem.status(),
                        problem.detail(),
                        id);
        boolean html = wantsHtml(exchange);
        exchange.setStatusCode(problem.status());
        exchange.getResponseHeaders().clear();
        exchange.getResponseHeaders().put(REQUEST_ID, id);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, html ? "text/html; charset=utf-8" : Problem.CONTENT_TYPE);
        retryAfter.ifPresent(wait ->
                exchange.getResponseHeaders().put(Headers.RETRY_AFTER, Long.toString(Math.max(1, ceilSeconds(wait)))));
        if (HttpContinue.requiresContinueResponse(exchange)) {
            // The client may send the body or leave it: nobody could tell it from a next request.
            exchange.setPersistent(false);
        }
        byte[] body = html ? html(id).getBytes(StandardCharsets.UTF_8) : Json.MAPPER.writeValueAsBytes(problem);
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    static boolean wantsHtml(HttpServerExchange exchange) {
        HeaderValues accept = exchange.getRequestHeaders().get(Headers.ACCEPT);
        return accept != null && accept.toString().contains("text/html");
    }

    private String html(String id) {
        String title = problem.status() + " " + StatusCodes.getReason(problem.status());
        return Html.page(
                title,
                "<h1>" + Html.escape(problem.title()) + "</h1><p>"
                        + Html.escape(problem.detail() == null ? "" : problem.detail())
                        + "</p><p class=\"small\">" + Html.escape(title) + " · request " + id + "</p>");
    }

    private static long ceilSeconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
