package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac claim public}. */
@Command(name = "public", mixinStandardHelpOptions = true, description = "Lets everybody pull what is in a claim.")
final class PublicCommand extends ShowingCommand {
    @Parameters(paramLabel = "CLAIM", description = "A repository or a namespace: alice/hello, alice/*.")
    private String claim = "";

    PublicCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.done(api.send("PATCH", ApiPath.claim(claim), Map.of("public", true)), claim + " is public");
    }
}
