package dev.rac.bench.stack;

import dev.rac.bench.process.ProcessException;
import dev.rac.service.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The events of {@code GET /apps}: hears of a change without asking, which would be work for the same two cores. */
public final class AppWatch implements AutoCloseable {
    private static final String DATA = "data: ";
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> apps = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    public AppWatch(Stack stack) {
        var request = HttpRequest.newBuilder(URI.create("http://" + stack.registry() + "/apps"))
                .header("Accept", "text/event-stream")
                .build();
        Thread.ofVirtual().start(() -> read(request));
    }

    /** The service ends a stream after some minutes, and expects its client back. */
    private void read(HttpRequest request) {
        try {
            while (!closed) {
                client.send(request, HttpResponse.BodyHandlers.ofLines())
                        .body()
                        .filter(line -> line.startsWith(DATA))
                        .forEach(line -> apps.add(Json.MAPPER.readTree(line.substring(DATA.length()))));
            }
        } catch (IOException | UncheckedIOException e) {
            // It was closed; else whoever waits is told that nothing came.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a repository's app is deployed. */
    public JsonNode await(String repository, Duration patience) {
        var watch = new Stopwatch();
        while (!watch.isOver(patience)) {
            JsonNode app = next();
            if (app.path("repository").asString("").equals(repository)
                    && app.path("state").asString("").equals("asleep")) {
                return app;
            }
        }
        throw new ProcessException(repository + " was not deployed within " + patience.toSeconds() + " s");
    }

    /** The next app of which something is told; one of which nothing is known, if there is none for a moment. */
    private JsonNode next() {
        try {
            JsonNode app = apps.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return app == null ? MissingNode.getInstance() : app;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted");
        }
    }

    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }
}
