package dev.rac.targets;

/** Thrown when an app's instance ended, or cannot be started. */
public final class AppFailedException extends TargetException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public AppFailedException(AppName name, Failure failure) {
        super(name + ": " + failure.reason());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
