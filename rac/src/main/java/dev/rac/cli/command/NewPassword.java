package dev.rac.cli.command;

import dev.rac.cli.api.UsageException;
import java.util.Optional;

/** A password that somebody is to have from now on. */
public final class NewPassword {
    /** Where it comes from, for help texts. */
    public static final String HELP = "The new password is read from RAC_NEW_PASSWORD, else asked for on the terminal.";

    private NewPassword() {}

    /**
     * Reads it from the environment, or asks for it twice.
     *
     * @throws UsageException if there is nobody to ask, or the two differ
     */
    public static String read(Surroundings surroundings, String name) {
        return surroundings.variable("RAC_NEW_PASSWORD").orElseGet(() -> typed(surroundings.prompt(), name));
    }

    private static String typed(PasswordPrompt prompt, String name) {
        Optional<String> first = prompt.ask("New password of " + name);
        Optional<String> second = first.isEmpty() ? first : prompt.ask("Again");
        if (second.isEmpty()) {
            throw new UsageException("set RAC_NEW_PASSWORD: without a terminal, nobody can be asked for it");
        }
        if (!first.equals(second)) {
            throw new UsageException("the two passwords differ: nothing was changed");
        }
        return second.get();
    }
}
