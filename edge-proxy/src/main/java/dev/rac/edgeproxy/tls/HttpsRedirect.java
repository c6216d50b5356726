package dev.rac.edgeproxy.tls;

import dev.rac.edgeproxy.route.HostName;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/**
 * Sends requests that came by HTTP to HTTPS, with 308: method and body stay (RFC 9110, section 15.4.9). Those for this
 * machine itself are served as they are: no authority vouches for localhost.
 */
final class HttpsRedirect implements HttpHandler {
    private static final int USUAL_PORT = 443;

    private final HttpHandler next;
    private final int port;

    /**
     * Wraps a handler.
     *
     * @param port the HTTPS port
     */
    HttpsRedirect(HttpHandler next, int port) {
        this.next = next;
        this.port = port;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
        if (hosts == null || hosts.size() != 1 || exchange.isHostIncludedInRequestURI()) {
            // Refused there, if it must be.
            next.handleRequest(exchange);
            return;
        }
        String host = HostName.of(hosts.getFirst());
        if (HostName.isLocal(host)) {
            next.handleRequest(exchange);
            return;
        }
        String query = exchange.getQueryString();
        exchange.setStatusCode(StatusCodes.PERMANENT_REDIRECT);
        exchange.getResponseHeaders()
                .put(
                        Headers.LOCATION,
                        "https://" + host + (port == USUAL_PORT ? "" : ":" + port) + exchange.getRequestURI()
                                + (query.isEmpty() ? "" : "?" + query));
        exchange.endExchange();
    }
}
