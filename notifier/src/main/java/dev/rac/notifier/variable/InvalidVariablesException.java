package dev.rac.notifier.variable;

/** Thrown for variables that cannot be set; the message is for who sets them, and never has a value in it. */
public final class InvalidVariablesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidVariablesException(String message) {
        super(message);
    }
}
