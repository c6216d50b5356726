package dev.rac.service.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 (section 3.1) has it.
 *
 * @param type a stable name for programs, {@code urn:rac:<name>}
 * @param title the same for every problem of this type
 * @param status the HTTP status, 400 to 599
 * @param detail what was asked, what was found, and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, @Nullable String detail) {
    /** The media type of the JSON form. */
    public static final String CONTENT_TYPE = "application/problem+json";

    public static Problem of(int status, String name, String title, @Nullable String detail) {
        return new Problem("urn:rac:" + name, title, status, detail);
    }

    public static Problem badRequest(String detail) {
        return of(400, "bad-request", "The request is not valid", detail);
    }

    public static Problem unauthorized(String detail) {
        return of(401, "unauthorized", "Credentials are missing or wrong", detail);
    }

    public static Problem forbidden(String detail) {
        return of(403, "forbidden", "Not allowed", detail);
    }

    public static Problem notFound(String detail) {
        return of(404, "not-found", "Not found", detail);
    }

    public static Problem conflict(String detail) {
        return of(409, "conflict", "In conflict with what is there", detail);
    }

    public static Problem unavailable(String detail) {
        return of(503, "unavailable", "A part that this needs does not answer", detail);
    }
}
