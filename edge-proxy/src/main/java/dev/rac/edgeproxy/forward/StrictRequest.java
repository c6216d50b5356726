package dev.rac.edgeproxy.forward;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what two servers in a row might understand differently, beyond what Undertow's parser refuses already: both
 * {@code Content-Length} and {@code Transfer-Encoding}, or one of them twice.
 */
final class StrictRequest {
    private StrictRequest() {}

    /** Why the request is not forwarded, or null. */
    static @Nullable String problem(HttpServerExchange exchange) {
        if (exchange.getRequestMethod().equals(Methods.CONNECT)) {
            return "this is no proxy to elsewhere";
        }
        return framingProblem(exchange.getRequestHeaders(), exchange.isHttp11());
    }

    /** RFC 9112, section 6.1: of the transfer codings, chunked alone is understood by all; HTTP/1.0 knows none. */
    private static @Nullable String framingProblem(HeaderMap headers, boolean http11) {
        HeaderValues coding = headers.get(Headers.TRANSFER_ENCODING);
        if (coding == null) {
            return null;
        }
        boolean chunked = coding.size() == 1 && coding.getFirst().equalsIgnoreCase("chunked");
        return http11 && chunked ? null : "the only transfer coding is chunked, in HTTP/1.1";
    }
}
