package dev.rac.service.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a long list is wanted: {@code ?after=<key>&limit=<count>}.
 *
 * @param after the last key of the part before; empty for the beginning
 * @param limit how many, 1 to {@value #MAX_LIMIT}
 */
public record Paging(String after, int limit) {
    /** The most that one answer lists. */
    public static final int MAX_LIMIT = 1000;

    private static final int DEFAULT_LIMIT = 100;

    /**
     * Reads the query.
     *
     * @throws ProblemException 400 for a limit that is none
     */
    public static Paging of(Context ctx) {
        String after = ctx.queryParam("after");
        return new Paging(after == null ? "" : after, limit(ctx.queryParam("limit")));
    }

    /** One more than is wanted tells whether there is more. */
    public int limitAndOne() {
        return limit + 1;
    }

    /**
     * Cuts a list that may have one more to its limit, and tells clients where the next part is (RFC 8288).
     *
     * @param key gives what {@code after} would be after an element
     */
    public <T> List<T> cut(Context ctx, List<T> list, Function<T, String> key) {
        if (list.size() <= limit) {
            return list;
        }
        List<T> part = list.subList(0, limit);
        linkNext(ctx, key.apply(part.getLast()));
        return part;
    }

    /** Tells clients that there is more after a key. */
    public void linkNext(Context ctx, String key) {
        var next = new StringBuilder(ctx.path()).append('?');
        ctx.queryParamMap().forEach((name, values) -> {
            if (!name.equals("after")) {
                values.forEach(value -> next.append(encoded(name))
                        .append('=')
                        .append(encoded(value))
                        .append('&'));
            }
        });
        next.append("after=").append(encoded(key));
        ctx.header(Header.LINK, "<" + next + ">; rel=\"next\"");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw new ProblemException(Problem.badRequest("\"limit\" must be a number from 1 to " + MAX_LIMIT));
    }
}
