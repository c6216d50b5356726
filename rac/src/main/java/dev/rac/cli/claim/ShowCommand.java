package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.ApiReply;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code rac claim show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one claim, and its members to those who manage it.")
final class ShowCommand extends ShowingCommand {
    @Parameters(paramLabel = "CLAIM", description = "A repository or a namespace: alice/hello, alice/*.")
    private String claim = "";

    ShowCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiReply reply = api.get(ApiPath.claim(claim));
        JsonNode shown = reply.json();
        JsonNode members = shown.path("members");
        String table = members.isEmpty() ? "" : "\n" + ClaimColumns.MEMBERS.table(members);
        output.print(reply.body(), ClaimColumns.ONE.lines(shown) + table);
    }
}
