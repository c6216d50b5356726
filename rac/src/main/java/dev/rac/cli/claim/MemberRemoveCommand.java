package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac claim member remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Takes a member's role away; oneself may leave.")
final class MemberRemoveCommand extends ShowingCommand {
    @Parameters(paramLabel = "CLAIM", description = "A repository or a namespace: alice/hello, alice/*.")
    private String claim = "";

    @Parameters(paramLabel = "USER", description = "The member.")
    private String member = "";

    MemberRemoveCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.done(api.send("DELETE", ApiPath.member(claim, member)), "removed " + member + " from " + claim);
    }
}
