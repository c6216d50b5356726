package dev.rac.registryauth.scope;

/** Thrown when a scope does not follow the grammar; the message quotes both. */
public final class InvalidScopeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidScopeException(String message) {
        super(message);
    }
}
