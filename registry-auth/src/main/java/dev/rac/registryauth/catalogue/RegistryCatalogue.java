package dev.rac.registryauth.catalogue;

import dev.rac.service.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** The registry's own list of its repositories (Distribution's API, "Listing Repositories"). Thread-safe. */
public final class RegistryCatalogue implements AutoCloseable {
    /** How many names are asked for at once: the most that Distribution gives. */
    static final int PAGE_SIZE = 1000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    // The registry walks through its storage for each page; on S3 that takes seconds.
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final URI registry;
    private final Supplier<String> token;

    /**
     * Prepares the list.
     *
     * @param registry where {@code /v2/} is
     * @param token gives a token with {@code registry:catalog:*}
     */
    public RegistryCatalogue(URI registry, Supplier<String> token) {
        this.registry = registry;
        this.token = token;
    }

    /**
     * A part of the list, in the registry's order.
     *
     * @param more whether there are names after these
     */
    record Page(List<String> names, boolean more) {}

    private record Body(List<String> repositories) {}

    /**
     * The names after {@code after}.
     *
     * @throws IOException if the registry does not give them
     */
    Page after(String after) throws IOException {
        String query = "/v2/_catalog?n=" + PAGE_SIZE
                + (after.isEmpty() ? "" : "&last=" + URLEncoder.encode(after, StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(registry.resolve(query))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token.get())
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IOException("the registry answers " + request.uri() + " with " + response.statusCode());
        }
        try {
            List<String> names =
                    Json.MAPPER.readValue(response.body(), Body.class).repositories();
            return new Page(
                    names,
                    !names.isEmpty() && response.headers().firstValue("Link").isPresent());
        } catch (JacksonException e) {
            throw new IOException("the registry answers " + request.uri() + " with no list", e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
