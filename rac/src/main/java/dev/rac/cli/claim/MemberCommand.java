package dev.rac.cli.claim;

import dev.rac.cli.command.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code rac claim member}. */
@Command(name = "member", mixinStandardHelpOptions = true, description = "Share a claim with other users.")
final class MemberCommand {
    private MemberCommand() {}

    /** The command with those below it. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new MemberCommand())
                .addSubcommand(new MemberAddCommand(surroundings))
                .addSubcommand(new MemberRemoveCommand(surroundings));
    }
}
