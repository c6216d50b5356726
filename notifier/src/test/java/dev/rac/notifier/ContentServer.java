package dev.rac.notifier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Serves contents by digest, as a registry does; misbehaves on demand, as the real one cannot be made to. */
public final class ContentServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, TestImages.Content> contents = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Predicate<HttpExchange> interceptor = exchange -> false;

    public static ContentServer start() throws IOException {
        return new ContentServer();
    }

    private ContentServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Serves a content under its digest, in every repository. */
    public ContentServer add(TestImages.Content content) {
        return add(content.digest(), content);
    }

    /** Serves a content under any digest. */
    public ContentServer add(String digest, TestImages.Content content) {
        contents.put(digest, content);
        return this;
    }

    /** Serves an image for a platform; gives its manifest. */
    public TestImages.Content addImage(String architecture, Map<String, ?> settings) {
        TestImages.Content config = TestImages.config("linux", architecture, settings);
        TestImages.Content manifest = TestImages.manifest(config);
        add(config).add(manifest);
        return manifest;
    }

    /** Asks first whether somebody else has answered a request. */
    public void intercept(Predicate<HttpExchange> interceptor) {
        this.interceptor = interceptor;
    }

    /** Path and Authorization of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Answers a request without a body. */
    public static boolean answer(HttpExchange exchange, int status) {
        try (exchange) {
            exchange.sendResponseHeaders(status, -1);
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        if (interceptor.test(exchange)) {
            return;
        }
        TestImages.Content content = contents.get(path.substring(path.lastIndexOf('/') + 1));
        if (content == null) {
            answer(exchange, 404);
            return;
        }
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", content.mediaType());
            exchange.sendResponseHeaders(200, content.bytes().length);
            exchange.getResponseBody().write(content.bytes());
        }
    }
}
