package dev.rac.edgeproxy.forward;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/** What a request's first line and {@code Host} header ask for (RFC 9112, section 3.2). */
final class RequestTarget {
    private static final String SCHEME_END = "://";

    private RequestTarget() {}

    /** The only {@code Host} header's value; null where there is none, or several, or the request line says another. */
    static @Nullable String host(HttpServerExchange exchange) {
        HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
        if (hosts == null || hosts.size() != 1) {
            return null;
        }
        String host = hosts.getFirst();
        if (host.isBlank()) {
            return null;
        }
        if (exchange.isHostIncludedInRequestURI() && !host.equalsIgnoreCase(authority(exchange.getRequestURI()))) {
            return null;
        }
        return host;
    }

    /** The path as it was sent, percent-encoded, without the query. */
    static String path(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int slash = uri.indexOf('/', authorityStart(uri));
        return slash < 0 ? "/" : uri.substring(slash);
    }

    private static String authority(String uri) {
        int start = authorityStart(uri);
        int slash = uri.indexOf('/', start);
        return slash < 0 ? uri.substring(start) : uri.substring(start, slash);
    }

    private static int authorityStart(String uri) {
        int scheme = uri.indexOf(SCHEME_END);
        return scheme < 0 ? 0 : scheme + SCHEME_END.length();
    }
}
