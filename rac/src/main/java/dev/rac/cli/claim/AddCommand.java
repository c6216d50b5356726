package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.ApiReply;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rac claim add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Makes the name of a repository, or a namespace, one's own.")
final class AddCommand extends ShowingCommand {
    private static final int CREATED = 201;

    @Parameters(paramLabel = "CLAIM", description = "A repository or a namespace: alice/hello, alice/*.")
    private String claim = "";

    @Option(names = "--public", description = "Let everybody pull what is in it.")
    private boolean isPublic;

    AddCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        var asked = Map.of("repository", claim, "public", isPublic);
        ApiReply reply = api.send("POST", ApiPath.of("/claim"), asked);
        output.done(reply, reply.status() == CREATED ? "claimed " + claim : claim + " is claimed by you already");
    }
}
