package dev.rac.notifier.image;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests to the other services; bounded in time and in bytes. Thread-safe. */
public final class HttpCaller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCaller.class);

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
     * @param server what people call the server: the exception names no address, for pushers may see it
     * @param maxBodyBytes a longer body is not read
     * @throws UnavailableException if there is no answer, or not in time
     */
    public Response send(String server, HttpRequest request, long maxBodyBytes) {
        var exchange = client.sendAsync(request, info -> new BoundedBody(maxBodyBytes));
        try {
            return new Response(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw noAnswer(server, request, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw noAnswer(server, request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noAnswer(server, request, e);
        } finally {
            exchange.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static UnavailableException noAnswer(String server, HttpRequest request, Throwable cause) {
        URI uri = request.uri();
        // Without its query, which may hold a storage's signature.
        LOG.warn(
                "no answer to {} {}://{}{}: {}",
                request.method(),
                uri.getScheme(),
                uri.getAuthority(),
                uri.getPath(),
                cause.toString());
        return new UnavailableException(server + " does not answer", cause);
    }
}
