package dev.rac.notifier.app;

import dev.rac.notifier.image.HttpCaller;
import dev.rac.notifier.image.UnavailableException;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.Credentials;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import dev.rac.service.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Finds out what a caller may do: what registry-auth grants for its {@code Authorization} header, which may have an
 * access token, or what the signed token that it brings as Bearer says. Thread-safe.
 */
final class Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);
    // What the text of an access token begins with. Only registry-auth knows what one is good for.
    private static final String ACCESS_TOKEN = "rac_";
    private static final long MAX_ANSWER_BYTES = 262_144;
    // Servers take a request line and headers of 8 KiB.
    private static final int MAX_SCOPES_LENGTH = 4096;

    private final HttpCaller http;
    private final TokenVerifier verifier;
    private final URI server;
    private final String service;

    Authorizer(HttpCaller http, TokenVerifier verifier, URI server, String service) {
        this.http = http;
        this.verifier = verifier;
        this.server = server;
        this.service = service;
    }

    /**
     * What the sender of a header may do with some repositories' apps.
     *
     * @param actions {@code read} or {@code read,write}: what is not asked for is not said either
     * @param client the sender's IP address, which registry-auth is told: it counts wrong passwords by it
     * @throws ProblemException 401 for credentials that are wrong, 503 if registry-auth does not answer
     */
    Access access(@Nullable String header, String client, String actions, Collection<String> repositories) {
        List<String> scopes = batches(repositories, actions);
        try {
            return switch (Credentials.parse(header)) {
                case Credentials.Bearer(String token)
                when token.startsWith(ACCESS_TOKEN) -> exchange(header, client, scopes);
                case Credentials.Bearer(String token) -> access(verifier.verify(token));
                case Credentials.None none -> exchange(null, client, scopes);
                case Credentials.Basic basic -> exchange(header, client, scopes);
                case Credentials.Malformed(String reason) -> throw new ProblemException(Problem.unauthorized(reason));
            };
        } catch (InvalidTokenException e) {
            throw new ProblemException(Problem.unauthorized(e.reason()));
        } catch (UnavailableException e) {
            LOG.warn("a caller could not be authorised: {}", e.getMessage());
            throw new ProblemException(Problem.unavailable("registry-auth does not answer; try again"));
        }
    }

    private Access exchange(@Nullable String header, String client, List<String> scopes) throws InvalidTokenException {
        var grants = new HashMap<String, Set<String>>();
        Optional<String> user = Optional.empty();
        for (String batch : scopes) {
            TokenVerifier.Verified token = verifier.verify(token(header, client, batch));
            grants.putAll(token.grants());
            user = token.user();
        }
        return new Access(grants, user, header == null);
    }

    private static Access access(TokenVerifier.Verified token) {
        return new Access(token.grants(), token.user(), false);
    }

    private static List<String> batches(Collection<String> repositories, String actions) {
        var batches = new ArrayList<String>();
        var batch = new StringBuilder();
        for (String repository : repositories) {
            batch.append("&scope=").append(encode("app:" + repository + ":" + actions));
            if (batch.length() > MAX_SCOPES_LENGTH) {
                batches.add(batch.toString());
                batch.setLength(0);
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch.toString());
        }
        return batches;
    }

    private String token(@Nullable String header, String client, String scopes) {
        var request = HttpRequest.newBuilder(server.resolve("/token?service=" + encode(service) + scopes))
                .header(ClientAddress.HEADER, client);
        if (header != null) {
            request.header("Authorization", header);
        }
        HttpCaller.Response response = http.send("registry-auth", request.build(), MAX_ANSWER_BYTES);
        switch (response.status()) {
            case 200 -> {}
            case 401 ->
                throw new ProblemException(
                        Problem.unauthorized("the user name, the password or the access token is wrong"));
            case 429 ->
                throw new ProblemException(
                        Problem.of(429, "too-many-requests", "Too many requests", "try again in a while"));
            default -> throw new UnavailableException("registry-auth answered " + response.status() + " at /token");
        }
        try {
            return response.body()
                    .map(body -> Json.MAPPER.readTree(body).path("token").asString(""))
                    .orElseThrow(() -> new UnavailableException("registry-auth's answer at /token is too long"));
        } catch (JacksonException e) {
            throw new UnavailableException("registry-auth answered no JSON at /token", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
