package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac claim release}. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Gives a claim up: the name is anybody's then.")
final class ReleaseCommand extends ShowingCommand {
    @Parameters(paramLabel = "CLAIM", description = "A repository or a namespace: alice/hello, alice/*.")
    private String claim = "";

    ReleaseCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.done(api.send("DELETE", ApiPath.claim(claim)), "released " + claim);
    }
}
