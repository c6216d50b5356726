package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac user promote}. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Makes a user an administrator; for administrators.")
final class PromoteCommand extends ShowingCommand {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    PromoteCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.done(
                api.send("PATCH", ApiPath.user(name), Map.of("administrator", true)),
                "made an administrator of " + name);
    }
}
