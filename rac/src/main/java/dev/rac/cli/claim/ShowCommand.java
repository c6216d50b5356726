package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac claim show}. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one claim.")
final class ShowCommand extends ShowingCommand {
    @Parameters(paramLabel = "CLAIM", description = "A repository: alice/hello.")
    private String claim = "";

    ShowCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.object(api.get(ApiPath.claim(claim)), ClaimColumns.ONE);
    }
}
