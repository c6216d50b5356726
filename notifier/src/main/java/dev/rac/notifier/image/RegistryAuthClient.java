package dev.rac.notifier.image;

import dev.rac.service.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks registry-auth for tokens to pull with, as the service {@code @notifier} (Distribution, "Token authentication
 * specification"). A token is used again until shortly before it expires. Thread-safe.
 */
public final class RegistryAuthClient {
    private static final String USER = "@notifier";
    private static final long MAX_ANSWER_BYTES = 262_144;
    // The specification's own default, for an answer that does not say.
    private static final Duration DEFAULT_LIFETIME = Duration.ofSeconds(60);
    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final int MANY = 1000;
    private static final byte[] NOTHING = {};

    private final HttpCaller http;
    private final URI server;
    private final String service;
    private final String authorization;
    private final Clock clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String value, Instant until) {}

    /**
     * Makes a client.
     *
     * @param server where registry-auth is
     * @param service the audience of the tokens
     * @param secret the services' secret
     */
    public RegistryAuthClient(HttpCaller http, URI server, String service, String secret, Clock clock) {
        this.http = http;
        this.server = server;
        this.service = service;
        this.clock = clock;
        String pair = USER + ":" + secret;
        authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A token that may pull one repository.
     *
     * @throws UnavailableException if registry-auth does not give one
     */
    public String pullToken(String repository) {
        return token(pull(repository));
    }

    /** The scope of pulling one repository. */
    static String pull(String repository) {
        return "repository:" + repository + ":pull";
    }

    /**
     * A token for a scope.
     *
     * @throws UnavailableException if registry-auth does not give one
     */
    String token(String scope) {
        Token known = tokens.get(scope);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.value();
        }
        Token fresh = request(scope);
        if (tokens.size() >= MANY) {
            forgetExpired();
        }
        tokens.put(scope, fresh);
        return fresh.value();
    }

    /** Forgets the token for a scope: the registry did not take it, or it is not needed any more. */
    void discard(String scope) {
        tokens.remove(scope);
    }

    /**
     * Asks registry-auth as the service.
     *
     * @param path such as {@code /holders/hello}
     * @return the JSON of a 2xx answer
     * @throws UnavailableException for any other answer, or none
     */
    public JsonNode get(String path) {
        return answer(HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", authorization)
                .build());
    }

    /**
     * Calls registry-auth as the service.
     *
     * @param path such as {@code /pull-credentials}
     * @return the JSON of a 2xx answer
     * @throws UnavailableException for any other answer, or none
     */
    public JsonNode post(String path, Map<String, String> body) {
        return answer(HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
                .build());
    }

    private Token request(String scope) {
        URI uri = server.resolve("/token?service=" + encode(service) + "&scope=" + encode(scope));
        JsonNode answer = answer(HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .build());
        String value = answer.path("token").asString(answer.path("access_token").asString(""));
        if (value.isEmpty()) {
            throw new UnavailableException("registry-auth answered without a token for " + scope);
        }
        long seconds = answer.path("expires_in").asLong(DEFAULT_LIFETIME.toSeconds());
        return new Token(value, clock.instant().plusSeconds(seconds).minus(MARGIN));
    }

    private JsonNode answer(HttpRequest request) {
        HttpCaller.Response response = http.send("registry-auth", request, MAX_ANSWER_BYTES);
        String path = request.uri().getPath();
        if (response.status() / 100 != 2) {
            throw new UnavailableException("registry-auth answered " + response.status() + " at " + path
                    + (response.status() == 401 ? ": is RAC_SERVICE_SECRET the same for both?" : ""));
        }
        try {
            return Json.MAPPER.readTree(response.body().orElse(NOTHING));
        } catch (JacksonException e) {
            throw new UnavailableException("registry-auth answered no JSON at " + path, e);
        }
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        for (Iterator<Token> all = tokens.values().iterator(); all.hasNext(); ) {
            if (!now.isBefore(all.next().until())) {
                all.remove();
            }
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
