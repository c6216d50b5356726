package dev.rac.bench.registryauth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Requests for tokens as text, with the headers and in the encoding that the docker client sends. */
final class HttpText {
    private static final String END = "\r\n";

    private HttpText() {}

    /**
     * A {@code GET}, as "Token Authentication" has it.
     *
     * @param more further headers
     */
    static String get(List<String> repositories, String... more) {
        String scopes = repositories.stream()
                .map(name -> "&scope=repository%3A" + name.replace("/", "%2F") + "%3Apull%2Cpush")
                .collect(Collectors.joining());
        return head("GET", "/token?service=localhost" + scopes, more) + END;
    }

    /** A {@code POST} with a refresh token, as "OAuth2 Token Authentication" has it. */
    static String refresh(List<String> repositories, String token) {
        String scopes = repositories.stream()
                .map(name -> "repository%3A" + name.replace("/", "%2F") + "%3Apull%2Cpush")
                .collect(Collectors.joining("+"));
        String form = "client_id=docker&grant_type=refresh_token&refresh_token=" + token + "&scope=" + scopes
                + "&service=localhost";
        return post("/token", "application/x-www-form-urlencoded", form);
    }

    /** A {@code GET} that asks for a refresh token, as a login does. */
    static String offline(String login) {
        return head("GET", "/token?service=localhost&client_id=docker&offline_token=true", login) + END;
    }

    static String post(String path, String type, String body, String... more) {
        return head("POST", path, more) + "Content-Type: " + type + END + "Content-Length: " + body.length() + END + END
                + body;
    }

    static String put(String path, int bodyBytes) {
        return head("PUT", path) + "Content-Length: " + bodyBytes + END + END;
    }

    /** The header for a user's password or access token. */
    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String head(String method, String target, String... more) {
        return method + " " + target + " HTTP/1.1" + END + "Host: localhost" + END + "User-Agent: docker/28.0.0" + END
                + "Accept-Encoding: gzip" + END
                + List.of(more).stream().map(header -> header + END).collect(Collectors.joining());
    }
}
