package dev.rac.notifier.image;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to the other services; bounded in time and in bytes. Thread-safe. */
public final class HttpCaller implements AutoCloseable {
    private final HttpClient client;
    private final Duration timeout;

    /**
     * Makes a caller.
     *
     * @param timeout for a whole exchange, its body included
     */
    public HttpCaller(Duration timeout) {
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** What a server answered, whatever its status. */
    public static final class Response {
        private final HttpResponse<Optional<byte[]>> response;

        private Response(HttpResponse<Optional<byte[]>> response) {
            this.response = response;
        }

        public int status() {
            return response.statusCode();
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** The whole of it; nothing if it is longer than allowed. */
        public Optional<byte[]> body() {
            return response.body();
        }
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @param maxBodyBytes a longer body is not read
     * @throws UnavailableException if there is no answer, or not in time
     */
    public Response send(HttpRequest request, long maxBodyBytes) {
        String asked = request.method() + " " + request.uri();
        var exchange = client.sendAsync(request, info -> new BoundedBody(maxBodyBytes));
        try {
            return new Response(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw new UnavailableException(asked + ": " + reason(e), e);
        } catch (TimeoutException e) {
            throw new UnavailableException(asked + ": no answer in " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(asked + ": interrupted", e);
        } finally {
            exchange.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    // A refused connection is a ConnectException without a message.
    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause() instanceof IOException io ? io : e;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
