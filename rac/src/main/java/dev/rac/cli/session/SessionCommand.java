package dev.rac.cli.session;

import dev.rac.cli.command.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code rac session}. */
@Command(
        name = "session",
        mixinStandardHelpOptions = true,
        description = "Where one is logged in, over RAC's HTTP API.")
public final class SessionCommand {
    /** The command with those below it. */
    public static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new SessionCommand())
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new RevokeCommand(surroundings));
    }
}
