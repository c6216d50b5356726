package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac user show}. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one user; for administrators.")
final class ShowCommand extends ShowingCommand {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    ShowCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.object(api.get(ApiPath.user(name)), UserColumns.ONE);
    }
}
