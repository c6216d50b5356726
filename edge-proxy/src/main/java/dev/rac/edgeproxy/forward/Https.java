package dev.rac.edgeproxy.forward;

import io.undertow.server.HttpHandler;
import javax.net.ssl.SSLContext;

/**
 * How the front door is reached by HTTPS.
 *
 * @param port the port, or 0 for any free one
 * @param context has the certificates
 * @param redirect what stands before the handler of requests that come by HTTP
 */
public record Https(int port, SSLContext context, Redirect redirect) {
    /** Makes what sends requests from HTTP to HTTPS. */
    @FunctionalInterface
    public interface Redirect {
        /**
         * Wraps the handler of those that are not sent.
         *
         * @param port the HTTPS port
         */
        HttpHandler before(HttpHandler next, int port);
    }
}
