package dev.rac.cli.command;

import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it.
 *
 * @param variables of the environment
 */
public record Surroundings(Map<String, String> variables, PasswordPrompt prompt, InputStream in, Clock clock) {

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), PasswordPrompt.onTerminal(), System.in, Clock.systemUTC());
    }

    /** A variable's value; an empty one counts as unset. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
