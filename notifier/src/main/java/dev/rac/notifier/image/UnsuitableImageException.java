package dev.rac.notifier.image;

/** Thrown for an image that can never run on this target, or cannot be read. */
public final class UnsuitableImageException extends NotifierException {
    private static final long serialVersionUID = 1L;

    public UnsuitableImageException(String message) {
        super(message);
    }
}
