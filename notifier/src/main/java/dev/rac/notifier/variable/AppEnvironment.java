package dev.rac.notifier.variable;

import java.util.Map;
import java.util.Optional;

/**
 * A repository's variables at one moment.
 *
 * @param settings tells them apart from those of before and after; empty where there are none
 * @param variables values by name
 * @param claimedAt when the claim began under which they were set
 */
public record AppEnvironment(Optional<String> settings, Map<String, String> variables, Optional<String> claimedAt) {
    public AppEnvironment {
        variables = Map.copyOf(variables);
    }

    /** Whether an app may have them: an earlier owner's are not for who claimed the repository afterwards. */
    public boolean isOf(Claim now) {
        return claimedAt.filter(now::continues).isPresent();
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return variables.size() + " variables";
    }
}
