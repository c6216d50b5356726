package dev.rac.cli.api;

/** Thrown when the API refuses, or cannot be asked; its message is one line that says what to do. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApiException(String message) {
        super(message);
    }

    public ApiException(String message, Throwable cause) {
        super(message, cause);
    }
}
