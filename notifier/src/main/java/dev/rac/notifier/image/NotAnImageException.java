package dev.rac.notifier.image;

/** Thrown for an artifact that was never meant to run, such as a chart or a signature. */
public final class NotAnImageException extends NotifierException {
    private static final long serialVersionUID = 1L;

    public NotAnImageException(String message) {
        super(message);
    }
}
