package dev.rac.notifier.image;

/** Thrown when a part that the notifier needs does not answer, or not as it should: later it may. */
public final class UnavailableException extends NotifierException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
