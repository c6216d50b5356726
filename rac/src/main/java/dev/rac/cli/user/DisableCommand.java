package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac user disable}. */
@Command(
        name = "disable",
        mixinStandardHelpOptions = true,
        description = "Locks a user out, and keeps what is theirs; for administrators.")
final class DisableCommand extends ShowingCommand {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    DisableCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.done(api.send("PATCH", ApiPath.user(name), Map.of("disabled", true)), "disabled user " + name);
    }
}
