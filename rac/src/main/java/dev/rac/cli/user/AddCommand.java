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

/** {@code rac user add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Adds a user: oneself, or, where sign-up is closed, anybody by the administrator.",
        footer = {"", NewPassword.HELP})
final class AddCommand extends ShowingCommand {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    AddCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        String password = NewPassword.read(surroundings(), name);
        output.done(
                api.send("POST", ApiPath.of("/users"), Map.of("name", name, "password", password)),
                "added user " + name);
    }
}
