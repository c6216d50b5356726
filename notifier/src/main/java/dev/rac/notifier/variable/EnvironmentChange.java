package dev.rac.notifier.variable;

import java.util.Map;
import java.util.Set;

/**
 * What is to become of a repository's variables.
 *
 * @param set values by name
 * @param removed names
 * @param replacesAll whether all others are removed, too
 */
public record EnvironmentChange(Map<String, String> set, Set<String> removed, boolean replacesAll) {

    /**
     * A change that can be made.
     *
     * @throws InvalidVariablesException for names and values that no variable can have
     */
    public EnvironmentChange {
        set = Map.copyOf(set);
        removed = Set.copyOf(removed);
        set.forEach(VariableLimits::check);
        removed.forEach(VariableLimits::checkName);
    }

    /** Removes all variables. */
    public static EnvironmentChange clear() {
        return new EnvironmentChange(Map.of(), Set.of(), true);
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return "set " + set.keySet() + (replacesAll ? ", removed all others" : ", removed " + removed);
    }
}
