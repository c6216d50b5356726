package dev.rac.cli.api;

import dev.rac.service.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A whole list, of as many answers as it takes.
 *
 * @param json the API's own where it was one answer, else the elements of all in one array
 */
public record Listing(String json, List<JsonNode> elements) {
    // The most that one answer lists.
    private static final int LIMIT = 1000;

    /** Asks for a list that is never long, and comes in one answer. */
    public static Listing whole(ApiClient api, ApiPath list) {
        ApiReply reply = api.get(list);
        var elements = new ArrayList<JsonNode>();
        reply.json().forEach(elements::add);
        return new Listing(reply.body(), elements);
    }

    /**
     * Asks for all parts of a list.
     *
     * @param key the field by which the list is in order, where an answer does not say itself how to go on
     */
    public static Listing of(ApiClient api, ApiPath list, String key) {
        ApiPath first = list.with("limit", Integer.toString(LIMIT));
        ApiReply reply = api.get(first);
        var elements = new ArrayList<JsonNode>();
        Optional<ApiPath> next = take(reply, first, key, elements);
        if (next.isEmpty()) {
            return new Listing(reply.body(), elements);
        }
        while (next.isPresent()) {
            next = take(api.get(next.get()), first, key, elements);
        }
        return new Listing(Json.MAPPER.writeValueAsString(elements), elements);
    }

    private static Optional<ApiPath> take(ApiReply reply, ApiPath first, String key, List<JsonNode> elements) {
        JsonNode part = reply.json();
        part.forEach(elements::add);
        Optional<ApiPath> told = reply.nextQuery().map(query -> new ApiPath(first.path(), query));
        boolean full = part.size() >= LIMIT;
        return told.or(() -> full
                ? Optional.of(first.with("after", elements.getLast().path(key).asString()))
                : Optional.empty());
    }
}
