package dev.rac.edgeproxy.accesslog;

import dev.rac.service.json.Json;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request to a file, in a thread of its own: no request waits for a disk. Lines that come faster
 * than they can be written are counted and dropped. Thread-safe.
 */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final HttpString REQUEST_ID = new HttpString("X-Request-Id");
    private static final int MAX_QUEUED = 100_000;
    private static final long CLOSE_MILLIS = 5000;

    private final Path file;
    private final Clock clock;
    private final Counter dropped;
    private final BlockingQueue<AccessLine> queue = new LinkedBlockingQueue<>(MAX_QUEUED);
    private final Thread writer;
    private volatile boolean closed;

    /**
     * Opens the log.
     *
     * @param file what is there is kept; who rotates it may move it away, and the next line begins another one
     * @throws AccessLogException if it cannot be written
     */
    public static AccessLog open(Path file, Clock clock, MeterRegistry registry) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new AccessLogException(file, e);
        }
        return new AccessLog(file, clock, registry);
    }

    private AccessLog(Path file, Clock clock, MeterRegistry registry) {
        this.file = file;
        this.clock = clock;
        this.dropped = Counter.builder("rac_access_log_dropped")
                .description("Lines of the access log that could not be written")
                .register(registry);
        this.writer = Thread.ofPlatform().name("access-log").daemon().start(this::write);
    }

    /** The same handler, whose requests are logged. */
    public HttpHandler around(HttpHandler handler) {
        return exchange -> {
            long from = System.nanoTime();
            // As it was asked: what is forwarded, and what is answered, is changed on the way.
            String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.HOST))
                    .orElse("");
            exchange.addExchangeCompleteListener((complete, next) -> {
                add(line(complete, host, System.nanoTime() - from));
                next.proceed();
            });
            handler.handleRequest(exchange);
        };
    }

    private void add(AccessLine line) {
        if (closed || !queue.offer(line)) {
            dropped.increment();
        }
    }

    private AccessLine line(HttpServerExchange exchange, String host, long nanos) {
        return new AccessLine(
                clock.instant(),
                exchange.getSourceAddress().getAddress().getHostAddress(),
                exchange.getProtocol().toString(),
                exchange.getConnection().getSslSessionInfo() == null ? "http" : "https",
                exchange.getRequestMethod().toString(),
                host,
                exchange.getRequestPath(),
                exchange.getStatusCode(),
                exchange.getResponseBytesSent(),
                Math.round(nanos / 1e3) / 1e3,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.USER_AGENT)),
                Optional.ofNullable(exchange.getResponseHeaders().getFirst(REQUEST_ID)));
    }

    private void write() {
        try {
            while (!closed || !queue.isEmpty()) {
                AccessLine first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    append(first);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what waits; opened anew each time, so that a file that was moved away is let go. */
    private void append(AccessLine first) {
        var text = new StringBuilder();
        int lines = 0;
        for (AccessLine line = first; line != null; line = queue.poll()) {
            text.append(Json.MAPPER.writeValueAsString(line)).append('\n');
            lines++;
        }
        try (OutputStream output = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            output.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            dropped.increment(lines);
            LOG.warn("the access log {} cannot be written: {}", file, e.getMessage());
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
