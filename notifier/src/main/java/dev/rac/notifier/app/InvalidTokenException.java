package dev.rac.notifier.app;

/** Thrown for a Bearer token that proves nothing; the reason may be shown to the caller. */
final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    InvalidTokenException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What is wrong with the token. */
    String reason() {
        return reason;
    }
}
