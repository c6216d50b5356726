package dev.rac.edgeproxy.forward;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

/** What of an upstream's headers goes to the client. */
final class ResponseHeaders {
    private static final HttpString SERVER_TIMING = new HttpString("Server-Timing");

    private ResponseHeaders() {}

    /** Drops what was for the upstream's hop alone: its connection may close while the client's is kept. */
    static void cleanse(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        HopByHop.Asked asked = HopByHop.drop(headers, false);
        int status = exchange.getStatusCode();
        if (status == StatusCodes.SWITCHING_PROTOCOLS) {
            return;
        }
        if (status < StatusCodes.OK) {
            interim(exchange);
        }
        if (asked.upgrade()) {
            headers.remove(Headers.CONNECTION);
        }
        headers.remove(Headers.UPGRADE);
        String timing = Forwarding.of(exchange).timing();
        if (timing != null) {
            headers.add(SERVER_TIMING, timing);
        }
        if (!exchange.isHttp11()) {
            // HTTP/1.0 has no chunks, and HTTP/2 has frames (RFC 9113, section 8.2.2).
            headers.remove(Headers.TRANSFER_ENCODING);
        }
    }

    /**
     * Undertow's client takes an interim answer (such as 103) for the final one. The final one, still to come, must not
     * reach the next request on that connection; and this request must not wait for it for ever.
     */
    private static void interim(HttpServerExchange exchange) {
        Forwarding.of(exchange).spoil();
        exchange.getResponseHeaders().clear();
        exchange.setStatusCode(StatusCodes.BAD_GATEWAY);
        exchange.setReasonPhrase(StatusCodes.BAD_GATEWAY_STRING);
    }
}
