package dev.rac.registryauth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.json.Json;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A registry-auth of one test, on a free port, with what its clients need. */
final class AuthServer implements AutoCloseable {
    static final String ADMIN_PASSWORD = "admin-password";
    static final String SERVICE_SECRET = "0123456789abcdef0123456789abcdef";

    private final HttpClient http = HttpClient.newHttpClient();
    private final RegistryAuth auth;
    private final Metrics metrics;

    /** Starts it with the cheapest password hashes. {@code settings} are names and values in turn. */
    static AuthServer start(Path data, String... settings) {
        return start(data, Clock.systemUTC(), settings);
    }

    static AuthServer start(Path data, Clock clock, String... settings) {
        var variables = new HashMap<String, String>();
        variables.put("RAC_PORT", "0");
        variables.put("RAC_DATA", data.toString());
        variables.put("RAC_BCRYPT_COST", "4");
        variables.put("RAC_ADMIN_PASSWORD", ADMIN_PASSWORD);
        variables.put("RAC_SERVICE_SECRET", SERVICE_SECRET);
        DatabaseSettings database = TestDatabase.of(data);
        variables.put("RAC_DATABASE_URL", database.url());
        variables.put("RAC_DATABASE_USER", database.user());
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        var environment = new Environment(variables);
        RegistryAuthSettings read = RegistryAuthSettings.read(environment);
        environment.check();
        var metrics = new Metrics();
        try {
            return new AuthServer(RegistryAuth.start(read, metrics, clock), metrics);
        } catch (RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    private AuthServer(RegistryAuth auth, Metrics metrics) {
        this.auth = auth;
        this.metrics = metrics;
    }

    RegistryAuth auth() {
        return auth;
    }

    URI uri(String pathAndQuery) {
        return URI.create(auth.uri() + pathAndQuery);
    }

    @Override
    public void close() {
        auth.close();
        metrics.close();
        // A request that is never answered must not hold up the tests.
        http.shutdownNow();
        http.close();
    }

    static String basic(String user, String password) {
        String pair = user + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String service(String name) {
        return basic(name, SERVICE_SECRET);
    }

    static String admin() {
        return basic("admin", ADMIN_PASSWORD);
    }

    /** Signs a user up and returns their Authorization header. */
    String signUp(String name) {
        String password = name + "-password";
        Reply reply = send("POST", "/users", null, Map.of("name", name, "password", password));
        if (reply.status() != 201) {
            throw new AssertionError(reply);
        }
        return basic(name, password);
    }

    Reply get(String path, @Nullable String authorization) {
        return send("GET", path, authorization, null);
    }

    /** Sends a body as JSON, unless it is null. */
    Reply send(String method, String path, @Nullable String authorization, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            String text = body instanceof String raw ? raw : Json.MAPPER.writeValueAsString(body);
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(text));
        }
        return send(request);
    }

    /** Asks for a token by POST; {@code parameters} are names and values in turn. */
    Reply form(@Nullable String authorization, String... parameters) {
        var encoded = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            encoded.append(i == 0 ? "" : "&")
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(encoded.toString()));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request);
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What a token says. */
    static JWTClaimsSet claims(String token) {
        try {
            return Objects.requireNonNull(SignedJWT.parse(token).getJWTClaimsSet());
        } catch (ParseException e) {
            throw new AssertionError(token, e);
        }
    }

    /** What a token grants: {@code repository:a:pull,push}, in alphabetical order of the resources. */
    static String access(String token) {
        var granted = new TreeMap<String, String>();
        for (Object entry : (List<?>) Objects.requireNonNull(claims(token).getClaim("access"))) {
            var access = (Map<?, ?>) entry;
            String actions = ((List<?>) Objects.requireNonNull(access.get("actions")))
                    .stream().map(String::valueOf).collect(Collectors.joining(","));
            granted.put(access.get("type") + ":" + access.get("name"), actions);
        }
        return granted.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** What was answered. */
    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return Json.MAPPER.readTree(body());
        }

        String text(String field) {
            return json().path(field).asString("");
        }

        JWTClaimsSet claims() {
            return AuthServer.claims(text("token"));
        }

        /** What the token grants: {@code repository:a:pull,push}, in alphabetical order of the resources. */
        String access() {
            return AuthServer.access(text("token"));
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }
}
