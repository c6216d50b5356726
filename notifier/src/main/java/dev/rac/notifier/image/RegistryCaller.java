package dev.rac.notifier.image;

import java.net.URI;
import java.net.http.HttpRequest;

/**
 * Performs operations on the registry: adds the token, follows redirects to the storage, bounds and verifies what
 * comes, and turns errors into exceptions with their facts. Thread-safe.
 */
final class RegistryCaller {
    private static final int MAX_REDIRECTS = 5;

    private final HttpCaller http;
    private final RegistryAuthClient tokens;
    private final URI registry;

    RegistryCaller(HttpCaller http, RegistryAuthClient tokens, URI registry) {
        this.http = http;
        this.tokens = tokens;
        this.registry = registry;
    }

    /**
     * Performs one operation.
     *
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     * @throws MissingException if the registry does not have it
     * @throws UnsuitableImageException if the content is not what was asked for
     */
    <T> T call(RegistryOperation<T> operation) {
        HttpCaller.Response response = authorized(operation);
        if (response.status() == 401) {
            // The token may have been signed by a key that is no longer trusted: one more, freshly made.
            tokens.discard(RegistryAuthClient.pull(operation.repository()));
            response = authorized(operation);
        }
        String asked = operation.path() + " of " + operation.repository();
        return switch (response.status()) {
            case 200 ->
                read(
                        operation,
                        response.body()
                                .orElseThrow(() -> new UnsuitableImageException(
                                        asked + " is longer than " + operation.maxBytes() + " bytes")));
            case 404 -> throw new MissingException("the registry has no " + asked);
            case 401 -> throw new UnavailableException("the registry does not take the token for " + asked);
            default -> throw new UnavailableException("the registry answered " + response.status() + " for " + asked);
        };
    }

    private static <T> T read(RegistryOperation<T> operation, byte[] content) {
        if (!Digests.match(content, operation.digest())) {
            throw new UnavailableException("the registry gave another content than " + operation.path() + " of "
                    + operation.repository() + " (" + content.length + " bytes)");
        }
        return operation.read(content);
    }

    private HttpCaller.Response authorized(RegistryOperation<?> operation) {
        URI uri = registry.resolve("/v2/" + operation.repository() + "/" + operation.path());
        String token = tokens.pullToken(operation.repository());
        var first = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
        HttpCaller.Response response = send(operation, first);
        for (int redirects = 0; isRedirect(response) && redirects < MAX_REDIRECTS; redirects++) {
            uri = uri.resolve(response.header("Location").orElseThrow());
            // A storage's own address carries its own signature; the token is for the registry alone.
            response = send(operation, HttpRequest.newBuilder(uri));
        }
        return response;
    }

    private HttpCaller.Response send(RegistryOperation<?> operation, HttpRequest.Builder request) {
        operation.accept().forEach(type -> request.header("Accept", type));
        return http.send("the registry", request.build(), operation.maxBytes());
    }

    private static boolean isRedirect(HttpCaller.Response response) {
        return response.status() / 100 == 3 && response.header("Location").isPresent();
    }
}
