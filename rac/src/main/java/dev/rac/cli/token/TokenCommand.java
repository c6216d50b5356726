package dev.rac.cli.token;

import dev.rac.cli.command.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code rac token}. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Access tokens for machines, over RAC's HTTP API.")
public final class TokenCommand {
    /** The command with those below it. */
    public static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new CreateCommand(surroundings))
                .addSubcommand(new RevokeCommand(surroundings));
    }
}
