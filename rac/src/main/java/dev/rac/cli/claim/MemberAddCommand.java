package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac claim member add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Makes a user a member, or gives a member another role.")
final class MemberAddCommand extends ShowingCommand {
    @Parameters(paramLabel = "CLAIM", description = "A repository or a namespace: alice/hello, alice/*.")
    private String claim = "";

    @Parameters(paramLabel = "USER", description = "Who is to be a member.")
    private String member = "";

    @Parameters(
            paramLabel = "ROLE",
            description = {
                "reader: pull, and see the app; writer: push too, and run the app;",
                "admin: delete too, and manage members and whether it is public."
            })
    private String role = "";

    MemberAddCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiPath path = ApiPath.member(claim, member);
        output.done(api.send("PUT", path, Map.of("role", role)), member + " is " + role + " of " + claim);
    }
}
