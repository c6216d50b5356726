package dev.rac.cli.token;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac token revoke}. */
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends an access token now.")
final class RevokeCommand extends ShowingCommand {
    @Parameters(paramLabel = "ID", description = "As rac token list shows it.")
    private String id = "";

    RevokeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.done(api.send("DELETE", ApiPath.of("/access-tokens").slash(id)), "revoked access token " + id);
    }
}
