package dev.rac.service.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request's {@code Authorization} header says (RFC 9110, section 11.6.2). */
public sealed interface Credentials {

    /** No header, or a Basic header with neither user nor password, as some clients send. */
    record None() implements Credentials {}

    /** RFC 7617. */
    record Basic(String user, String password) implements Credentials {
        /** Never shows the password. */
        @Override
        public String toString() {
            return "Basic " + user;
        }
    }

    /** RFC 6750. */
    record Bearer(String token) implements Credentials {
        /** Never shows the token. */
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /** A header that is there but cannot be read. */
    record Malformed(String reason) implements Credentials {}

    /** Parses the value of an {@code Authorization} header; never throws. */
    static Credentials parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new None();
        }
        int space = header.strip().indexOf(' ');
        if (space < 0) {
            return new Malformed("the Authorization header has a scheme but no credentials");
        }
        String scheme = header.strip().substring(0, space).toLowerCase(Locale.ROOT);
        String value = header.strip().substring(space + 1).strip();
        return switch (scheme) {
            case "basic" -> basic(value);
            case "bearer" -> new Bearer(value);
            default -> new Malformed("the Authorization scheme is neither Basic nor Bearer");
        };
    }

    private static Credentials basic(String encoded) {
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            int colon = decoded.indexOf(':');
            if (colon < 0) {
                return new Malformed("the Basic credentials have no colon");
            }
            String user = decoded.substring(0, colon);
            String password = decoded.substring(colon + 1);
            return user.isEmpty() && password.isEmpty() ? new None() : new Basic(user, password);
        } catch (IllegalArgumentException e) {
            return new Malformed("the Basic credentials are not valid Base64");
        } catch (CharacterCodingException e) {
            return new Malformed("the Basic credentials are not valid UTF-8");
        }
    }
}
