package dev.rac.cli.claim;

import dev.rac.cli.command.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code rac claim}. */
@Command(
        name = "claim",
        mixinStandardHelpOptions = true,
        description = "Own names of repositories, and share them, over RAC's HTTP API.")
public final class ClaimCommand {
    /** The command with those below it. */
    public static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new ClaimCommand())
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new ShowCommand(surroundings))
                .addSubcommand(new AddCommand(surroundings))
                .addSubcommand(new ReleaseCommand(surroundings))
                .addSubcommand(new PublicCommand(surroundings))
                .addSubcommand(new PrivateCommand(surroundings))
                .addSubcommand(new GiveCommand(surroundings))
                .addSubcommand(new HistoryCommand(surroundings))
                .addSubcommand(MemberCommand.with(surroundings));
    }
}
