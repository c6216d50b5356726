package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac user demote}. */
@Command(
        name = "demote",
        mixinStandardHelpOptions = true,
        description = "Makes an administrator an ordinary user; for administrators.")
final class DemoteCommand extends ShowingCommand {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    DemoteCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.done(
                api.send("PATCH", ApiPath.user(name), Map.of("administrator", false)),
                "made an ordinary user of " + name);
    }
}
