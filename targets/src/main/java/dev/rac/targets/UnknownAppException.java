package dev.rac.targets;

/** Thrown when an app is asked for that the target does not have. */
public final class UnknownAppException extends TargetException {
    private static final long serialVersionUID = 1L;

    public UnknownAppException(AppName name) {
        super("no app named " + name);
    }
}
