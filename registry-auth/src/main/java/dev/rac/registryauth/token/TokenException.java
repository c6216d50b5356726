package dev.rac.registryauth.token;

/** Thrown when a request for a token is refused as a whole. */
final class TokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    private TokenException(int status, String error, String message) {
        super(message);
        this.status = status;
        this.error = error;
    }

    /** The request is not well formed. */
    static TokenException invalidRequest(String message) {
        return new TokenException(400, "invalid_request", message);
    }

    /** The scope is not well formed. */
    static TokenException invalidScope(String message) {
        return new TokenException(400, "invalid_scope", message);
    }

    static TokenException unsupportedGrantType(String message) {
        return new TokenException(400, "unsupported_grant_type", message);
    }

    static TokenException unsupportedMediaType(String message) {
        return new TokenException(415, "invalid_request", message);
    }

    /**
     * The credentials are missing or wrong. The status is 401, not OAuth's 400: on it clients go on to the next way
     * that they know.
     */
    static TokenException invalidCredentials(String message) {
        return new TokenException(401, "invalid_grant", message);
    }

    /** The HTTP status, 400 to 499. */
    int status() {
        return status;
    }

    /** The error code of RFC 6749, section 5.2. */
    String error() {
        return error;
    }
}
