package dev.rac.service.http;

import dev.rac.service.json.Json;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Answers whose text a client may have already (RFC 9110, sections 8.8.3 and 13.1.2). */
public final class Etag {
    private static final int BYTES = 16;

    private Etag() {}

    /** Answers with JSON and its strong tag, or with 304 if the client says that it has just that. */
    public static void json(Context ctx, Object answer) {
        byte[] body = Json.MAPPER.writeValueAsBytes(answer);
        String tag = '"' + HexFormat.of().formatHex(sha256(body), 0, BYTES) + '"';
        // Who sees what depends on who asks: caches must ask each time.
        ctx.header(Header.ETAG, tag).header(Header.CACHE_CONTROL, "private, no-cache");
        if (matches(ctx.header(Header.IF_NONE_MATCH), tag)) {
            ctx.status(HttpStatus.NOT_MODIFIED);
        } else {
            ctx.contentType("application/json").result(body);
        }
    }

    private static boolean matches(@Nullable String wanted, String tag) {
        return wanted != null
                && Arrays.stream(wanted.split(","))
                        .map(String::strip)
                        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
                        .anyMatch(each -> each.equals("*") || each.equals(tag));
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
