package dev.rac.notifier.image;

/** Thrown when the registry does not have what it told of: it was deleted, or is not to be seen yet. */
public final class MissingException extends NotifierException {
    private static final long serialVersionUID = 1L;

    public MissingException(String message) {
        super(message);
    }
}
