package dev.rac.edgeproxy.forward;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Requests for an app that is not there: a push of it may be on its way, and then they wait until it is deployed. The
 * notifier knows. Thread-safe.
 */
final class Arrivals implements AutoCloseable {
    /** Whoever asks for hosts at random must not occupy the notifier. */
    private static final int MAX_WAITING = 256;

    /** The registry answers a push a little before its notification has arrived. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(25);

    /** Where no push is known of, questions become rarer: most such requests are for what never comes. */
    private static final int SLOWER = 2;

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private final URI notifier;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CALL_TIMEOUT)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MAX_WAITING);

    Arrivals(URI notifier) {
        this.notifier = notifier;
    }

    /**
     * Has a request wait while a push of the app is under way.
     *
     * @param there whether the app has arrived
     * @param then takes the request, on its own I/O thread, when it has
     * @param never answers the request when no such app is to come
     */
    void await(HttpServerExchange exchange, String name, BooleanSupplier there, HttpHandler then, HttpHandler never)
            throws Exception {
        if (!places.tryAcquire()) {
            never.handleRequest(exchange);
            return;
        }
        exchange.dispatch(threads, waiting -> {
            boolean arrived;
            try {
                arrived = arrives(name, there);
            } finally {
                places.release();
            }
            if (arrived) {
                waiting.dispatch(waiting.getIoThread(), then);
            } else {
                never.handleRequest(waiting);
            }
        });
    }

    private boolean arrives(String name, BooleanSupplier there) {
        long from = System.nanoTime();
        Duration pause = POLL;
        try {
            while (!there.getAsBoolean()) {
                Duration waited = Duration.ofNanos(System.nanoTime() - from);
                boolean expected = isUnderWay(name);
                if (waited.compareTo(expected ? PATIENCE : GRACE) > 0) {
                    return there.getAsBoolean();
                }
                Thread.sleep(pause);
                pause = expected ? POLL : pause.multipliedBy(SLOWER);
            }
            return true;
        } catch (IOException e) {
            // Without the notifier nothing is deployed; what is there is served all the same.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isUnderWay(String name) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(notifier.resolve("/arrivals/" + name))
                .timeout(CALL_TIMEOUT)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }
}
