package dev.rac.edgeproxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server with a few paths: {@code /} says its name, {@code /request} what it was asked, {@code /echo} sends back
 * what it reads, {@code /count} says how many bytes that was, {@code /zeros?<n>} sends so many, {@code /hold} answers
 * when the test says so, {@code /trickle} begins to and ends when the test says so, {@code /status/<n>} answers with that status, {@code /arrivals/<app>} is the notifier's.
 */
public final class WebProgram implements Program {
    private final String name;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger holding = new AtomicInteger();
    private volatile String lastTarget = "";
    private final Set<String> arriving = ConcurrentHashMap.newKeySet();
    private final Phaser release = new Phaser(1);

    public WebProgram(String name) {
        this.name = name;
    }

    /** Has the notifier know of a push of that app. */
    public void pushed(String app) {
        arriving.add("/arrivals/" + app);
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    /** Path and query of the last request, as they came. */
    public String lastTarget() {
        return lastTarget;
    }

    /** How many requests wait at {@code /hold}. */
    public int holding() {
        return holding.get();
    }

    /** Answers those that wait at {@code /hold}. */
    public void release() {
        release.arrive();
    }

    @Override
    public Running start(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 1000);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        return () -> {
            server.stop(0);
            threads.shutdownNow();
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        lastTarget = exchange.getRequestURI().toString();
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/echo" -> echo(exchange);
                case "/count" -> text(exchange, 200, Long.toString(count(exchange.getRequestBody())));
                case "/request" -> text(exchange, 200, describe(exchange));
                case "/zeros" ->
                    zeros(exchange, Long.parseLong(exchange.getRequestURI().getQuery()));
                case "/hold" -> hold(exchange);
                case "/trickle" -> trickle(exchange);
                default -> {
                    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                    text(exchange, status(path), name);
                }
            }
        }
    }

    private int status(String path) {
        if (path.startsWith("/arrivals/")) {
            return arriving.contains(path) ? 200 : 404;
        }
        return path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200;
    }

    private void hold(HttpExchange exchange) throws IOException {
        int phase = release.getPhase();
        holding.incrementAndGet();
        release.awaitAdvance(phase);
        holding.decrementAndGet();
        text(exchange, 200, name);
    }

    private void trickle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(1);
        exchange.getResponseBody().flush();
        int phase = release.getPhase();
        holding.incrementAndGet();
        release.awaitAdvance(phase);
        holding.decrementAndGet();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getRequestBody().transferTo(exchange.getResponseBody());
    }

    private static void zeros(HttpExchange exchange, long count) throws IOException {
        exchange.sendResponseHeaders(200, count);
        var buffer = new byte[64 * 1024];
        for (long left = count; left > 0; left -= buffer.length) {
            exchange.getResponseBody().write(buffer, 0, (int) Math.min(left, buffer.length));
        }
    }

    private static long count(InputStream body) throws IOException {
        return body.transferTo(OutputStream.nullOutputStream());
    }

    /** The request line, and each header on a line of its own, by name. */
    private static String describe(HttpExchange exchange) {
        var lines = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n");
        for (Map.Entry<String, List<String>> header : new TreeMap<>(exchange.getRequestHeaders()).entrySet()) {
            header.getValue()
                    .forEach(value -> lines.append(header.getKey())
                            .append(": ")
                            .append(value)
                            .append('\n'));
        }
        return lines.toString();
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD") || status == 204 || status == 304;
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
