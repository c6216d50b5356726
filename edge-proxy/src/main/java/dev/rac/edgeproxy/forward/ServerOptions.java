package dev.rac.edgeproxy.forward;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.ssl.XnioSsl;

/** How the server treats connections and reads requests. */
final class ServerOptions {
    /** One for each core: they never block. */
    static final int IO_THREADS = Runtime.getRuntime().availableProcessors();

    /** Only TLS handshakes run here. */
    private static final int WORKER_THREADS = 2 * IO_THREADS;

    /** Request line and headers together, in bytes. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private static final int MAX_HEADERS = 200;

    /** Requests at once on one HTTP/2 connection. */
    private static final int MAX_STREAMS = 256;

    /** How long the request line and headers may take, once they have begun. */
    private static final Duration HEADERS_TIMEOUT = Duration.ofSeconds(30);

    /** How long a connection may be without a request. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(75);

    private static final long UNLIMITED = -1;

    private ServerOptions() {}

    static XnioWorker worker() {
        try {
            return xnio().createWorker(OptionMap.builder()
                    .set(Options.WORKER_NAME, "edge-proxy")
                    .set(Options.WORKER_IO_THREADS, IO_THREADS)
                    .set(Options.WORKER_TASK_CORE_THREADS, WORKER_THREADS)
                    .set(Options.WORKER_TASK_MAX_THREADS, WORKER_THREADS)
                    .set(Options.CONNECTION_HIGH_WATER, 1_000_000)
                    .set(Options.CONNECTION_LOW_WATER, 1_000_000)
                    .set(Options.TCP_NODELAY, true)
                    .getMap());
        } catch (IOException e) {
            throw new UncheckedIOException("the front door's threads cannot be started", e);
        }
    }

    static Undertow.Builder server(XnioWorker worker) {
        return Undertow.builder()
                .setWorker(worker)
                .setSocketOption(Options.KEEP_ALIVE, true)
                // Layers of images are of any size, and go through without being kept.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, UNLIMITED)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, MAX_STREAMS)
                .setServerOption(UndertowOptions.HTTP2_SETTINGS_ENABLE_PUSH, false)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int) HEADERS_TIMEOUT.toMillis())
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, (int) KEEP_ALIVE.toMillis())
                // Paths are forwarded as they came; decoding is for who serves them.
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNKNOWN_PROTOCOLS, false);
    }

    static XnioSsl clientSsl(SSLContext context) {
        return new UndertowXnioSsl(xnio(), OptionMap.EMPTY, context);
    }

    private static Xnio xnio() {
        return Xnio.getInstance(Undertow.class.getClassLoader());
    }
}
