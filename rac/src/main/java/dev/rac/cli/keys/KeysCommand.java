package dev.rac.cli.keys;

import dev.rac.cli.command.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code rac keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "See and rotate the keys that sign tokens, over RAC's HTTP API; for administrators.")
public final class KeysCommand {
    /** The command with those below it. */
    public static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new RotateCommand(surroundings));
    }
}
