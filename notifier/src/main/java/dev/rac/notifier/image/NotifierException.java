package dev.rac.notifier.image;

/** The root of what goes wrong between a push and its app; the message says what was asked and what was found. */
public abstract sealed class NotifierException extends RuntimeException
        permits UnavailableException, MissingException, NotAnImageException, UnsuitableImageException {
    private static final long serialVersionUID = 1L;

    protected NotifierException(String message) {
        super(message);
    }

    protected NotifierException(String message, Throwable cause) {
        super(message, cause);
    }
}
