package dev.rac.cli.command;

import java.io.Console;
import java.util.Optional;

/** Asks a person for a password. */
public interface PasswordPrompt {
    /** What was typed; empty if there is nobody to ask. */
    Optional<String> ask(String question);

    /** Asks on the process's terminal, which does not show what is typed. */
    // Which console there is, and whether there is none, is a setting of the JDK (jdk.console).
    @SuppressWarnings("SystemConsoleNull")
    static PasswordPrompt onTerminal() {
        return question -> {
            Console console = System.console();
            if (console == null || !console.isTerminal()) {
                return Optional.empty();
            }
            char[] typed = console.readPassword("%s: ", question);
            return typed == null ? Optional.empty() : Optional.of(new String(typed));
        };
    }
}
