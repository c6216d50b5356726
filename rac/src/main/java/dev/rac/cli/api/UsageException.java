package dev.rac.cli.api;

/** Thrown when what the user typed or set cannot be sent at all; its message is one line. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
