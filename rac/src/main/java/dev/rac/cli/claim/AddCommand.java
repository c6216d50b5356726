package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.ApiReply;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac claim add}. */
@Command(name = "add", mixinStandardHelpOptions = true, description = "Makes a repository's name one's own.")
final class AddCommand extends ShowingCommand {
    private static final int CREATED = 201;

    @Parameters(paramLabel = "CLAIM", description = "A repository: alice/hello.")
    private String claim = "";

    AddCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiReply reply = api.send("POST", ApiPath.of("/claim"), Map.of("repository", claim));
        output.done(reply, reply.status() == CREATED ? "claimed " + claim : claim + " is claimed by you already");
    }
}
