package dev.rac.cli.api;

import dev.rac.service.json.Json;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the API answered to a request that it granted.
 *
 * @param status 200 to 299
 * @param body as it came; empty where there is none
 * @param link the header {@code Link} (RFC 8288); empty where there is none
 */
public record ApiReply(int status, String body, String link) {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

    /** The body, which the client has seen to be JSON. */
    public JsonNode json() {
        return Json.MAPPER.readTree(body);
    }

    /** The query that asks for the next part of a list, if there is more. */
    Optional<String> nextQuery() {
        Matcher matcher = NEXT.matcher(link);
        return matcher.find() ? Optional.ofNullable(URI.create(matcher.group(1)).getRawQuery()) : Optional.empty();
    }
}
