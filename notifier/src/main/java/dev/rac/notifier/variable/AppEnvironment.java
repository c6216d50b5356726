package dev.rac.notifier.variable;

import java.util.Map;
import java.util.Optional;

/**
 * A repository's variables at one moment.
 *
 * @param settings tells them apart from those of before and after; empty where there are none
 * @param variables values by name
 */
public record AppEnvironment(Optional<String> settings, Map<String, String> variables) {
    public AppEnvironment {
        variables = Map.copyOf(variables);
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return variables.size() + " variables";
    }
}
