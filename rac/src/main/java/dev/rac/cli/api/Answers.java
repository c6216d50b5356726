package dev.rac.cli.api;

import dev.rac.service.http.Problem;
import dev.rac.service.json.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Tells what the API granted from what it refused, and from what is not the API at all. Pure.
 *
 * @param url where it was asked
 * @param authorization what it was told of who asks
 */
record Answers(URI url, Authorization authorization) {
    private static final int UNAUTHORIZED = 401;

    /** What was granted, which is JSON or nothing. */
    ApiReply json(HttpResponse<String> response) {
        requireGranted(response);
        if (!response.body().isEmpty() && tree(response).isEmpty()) {
            throw notTheApi(response);
        }
        return new ApiReply(response.statusCode(), response.body(), header(response, "Link"));
    }

    /** What was granted, which is text. */
    String text(HttpResponse<String> response) {
        requireGranted(response);
        if (!mediaType(response).equals("text/plain")) {
            throw notTheApi(response);
        }
        return response.body();
    }

    private void requireGranted(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return;
        }
        String location = header(response, "Location");
        if (status >= 300 && status < 400 && !location.isEmpty()) {
            throw new ApiException(url + " sends on to " + Words.oneLine(location) + ": give that address with --url");
        }
        if (!mediaType(response).equals(Problem.CONTENT_TYPE)) {
            throw notTheApi(response);
        }
        JsonNode problem = tree(response).orElseThrow(() -> notTheApi(response));
        String detail = problem.path("detail").asString(problem.path("title").asString("refused with " + status));
        throw new ApiException(Words.oneLine(detail) + hint(status) + retry(response));
    }

    private String hint(int status) {
        if (status != UNAUTHORIZED) {
            return "";
        }
        return switch (authorization) {
            case Authorization.Anonymous() -> " (--user or RAC_USER, and RAC_PASSWORD)";
            case Authorization.Basic(String user, String ignored) -> " (asked as " + user + ")";
            case Authorization.Bearer ignored -> " (asked with the access token in RAC_PASSWORD)";
        };
    }

    private static String retry(HttpResponse<String> response) {
        String seconds = header(response, "Retry-After");
        return seconds.matches("\\d{1,6}") ? " (in " + seconds + " s)" : "";
    }

    // A proxy's page, another server, or a newer or older RAC.
    private ApiException notTheApi(HttpResponse<String> response) {
        String type = mediaType(response);
        return new ApiException(url + " answered " + response.statusCode() + " with "
                + (type.isEmpty() ? "no content type" : Words.oneLine(type))
                + ", which is not RAC's API: look at --url (RAC_URL), and at proxies on the way");
    }

    private static Optional<JsonNode> tree(HttpResponse<String> response) {
        if (!mediaType(response).endsWith("json")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readTree(response.body()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String mediaType(HttpResponse<String> response) {
        String type = header(response, "Content-Type");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
