package dev.rac.cli.user;

import dev.rac.cli.command.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code rac user}. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Sign up, see and change users, over RAC's HTTP API.")
public final class UserCommand {
    /** The command with those below it. */
    public static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new UserCommand())
                .addSubcommand(new WhoAmICommand(surroundings))
                .addSubcommand(new AddCommand(surroundings))
                .addSubcommand(new PasswordCommand(surroundings))
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new ShowCommand(surroundings))
                .addSubcommand(new ResetCommand(surroundings))
                .addSubcommand(new DisableCommand(surroundings))
                .addSubcommand(new EnableCommand(surroundings))
                .addSubcommand(new PromoteCommand(surroundings))
                .addSubcommand(new DemoteCommand(surroundings))
                .addSubcommand(new DeleteCommand(surroundings))
                .addSubcommand(new ImportCommand(surroundings))
                .addSubcommand(new ExportCommand(surroundings));
    }
}
