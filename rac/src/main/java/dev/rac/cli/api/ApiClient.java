package dev.rac.cli.api;

import dev.rac.service.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the HTTP API. Thread-safe. */
public final class ApiClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    // Checking a password may have to wait for others'.
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    private final URI url;
    private final Authorization authorization;
    private final Trust trust;
    private final Answers answers;
    private final HttpClient http;

    /**
     * Prepares a client; asks nothing yet.
     *
     * @param url where the API is, without a slash at its end
     * @throws UsageException if the file of trusted certificates is not usable
     */
    public ApiClient(URI url, Authorization authorization, Trust trust) {
        this.url = url;
        this.authorization = authorization;
        this.trust = trust;
        this.answers = new Answers(url, authorization);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(trust.context(url))
                .build();
    }

    /** What is said of who asks. */
    public Authorization authorization() {
        return authorization;
    }

    /**
     * Asks for something.
     *
     * @throws ApiException if it is refused, or nothing that is the API answers
     */
    public ApiReply get(ApiPath path) {
        return answers.json(exchange("GET", path, BodyPublishers.noBody(), JSON));
    }

    /** Asks for something that is no JSON but text. */
    public String text(ApiPath path) {
        return answers.text(exchange("GET", path, BodyPublishers.noBody(), JSON));
    }

    /** Asks for a change that the path alone says. */
    public ApiReply send(String method, ApiPath path) {
        return answers.json(exchange(method, path, BodyPublishers.noBody(), JSON));
    }

    /** Asks for a change with a body that is written as JSON. */
    public ApiReply send(String method, ApiPath path, Object body) {
        return send(method, path, body, TIMEOUT);
    }

    /**
     * Asks for a change that may take long.
     *
     * @param timeout how long to wait for the answer
     */
    public ApiReply send(String method, ApiPath path, Object body, Duration timeout) {
        var json = BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
        return answers.json(exchange(method, path, json, JSON, timeout));
    }

    /** Asks for a change with a body of text. */
    public ApiReply sendText(String method, ApiPath path, byte[] text) {
        return answers.json(exchange(method, path, BodyPublishers.ofByteArray(text), "text/plain; charset=utf-8"));
    }

    /** Ends all connections. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<String> exchange(String method, ApiPath path, BodyPublisher body, String contentType) {
        return exchange(method, path, body, contentType, TIMEOUT);
    }

    private HttpResponse<String> exchange(
            String method, ApiPath path, BodyPublisher body, String contentType, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path.toString()))
                .timeout(timeout)
                .header("Accept", JSON)
                .header("Content-Type", contentType)
                .method(method, body);
        if (!authorization.header().isEmpty()) {
            request.header("Authorization", authorization.header());
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw NoAnswer.of(url, trust, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted while waiting for " + url, e);
        }
    }
}
