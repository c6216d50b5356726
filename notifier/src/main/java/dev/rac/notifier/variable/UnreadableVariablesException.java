package dev.rac.notifier.variable;

import java.util.List;

/** Thrown when a change would leave variables that cannot be read: a deployment needs all of them. */
public final class UnreadableVariablesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableVariablesException(List<String> names) {
        super(String.join(", ", names) + " cannot be read: " + EnvironmentKey.LOST
                + "; or set or remove them in the same call");
    }
}
