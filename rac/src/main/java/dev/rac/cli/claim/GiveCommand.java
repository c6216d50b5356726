package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac claim give}. */
@Command(name = "give", mixinStandardHelpOptions = true, description = "Hands a claim over to another user.")
final class GiveCommand extends ShowingCommand {
    @Parameters(paramLabel = "CLAIM", description = "A repository or a namespace: alice/hello, alice/*.")
    private String claim = "";

    @Parameters(paramLabel = "USER", description = "Who is to own it.")
    private String owner = "";

    GiveCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.done(api.send("PATCH", ApiPath.claim(claim), Map.of("owner", owner)), "gave " + claim + " to " + owner);
    }
}
