package dev.rac.cli.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a request says of who sends it. */
public sealed interface Authorization {
    /** What access tokens begin with. */
    String TOKEN_PREFIX = "rac_";

    /** Nothing. */
    record Anonymous() implements Authorization {}

    /** RFC 7617: a user with their password or one of their access tokens. */
    record Basic(String user, String password) implements Authorization {
        /** Never shows the password. */
        @Override
        public String toString() {
            return "Basic " + user;
        }
    }

    /** RFC 6750: an access token that says itself whose it is. */
    record Bearer(String token) implements Authorization {
        /** Never shows the token. */
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /** The value of the header {@code Authorization}; empty for none. */
    default String header() {
        return switch (this) {
            case Anonymous() -> "";
            case Basic(String user, String password) ->
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            case Bearer(String token) -> "Bearer " + token;
        };
    }
}
