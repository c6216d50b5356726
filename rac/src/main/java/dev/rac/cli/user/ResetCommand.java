package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.NewPassword;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac user reset}. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = "Gives a user another password, without the one before; for administrators.",
        footer = {"", NewPassword.HELP})
final class ResetCommand extends ShowingCommand {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    ResetCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiPath password = ApiPath.user(name).slash("password");
        String next = NewPassword.read(surroundings(), name);
        output.done(api.send("PUT", password, Map.of("new", next)), "reset the password of " + name);
    }
}
