package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.Listing;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Columns;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rac claim history}. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what was done to a claim, and who could have pushed, also before it was claimed;",
            "the latest first; for those who manage it. What says \"too many to be written one by one\"",
            "stands for permissions to push to whatever repositories: this one may be among them."
        })
final class HistoryCommand extends ShowingCommand {
    private static final Columns COLUMNS =
            Columns.of("last_at", "count", "actor", "action", "allowed", "detail", "source");

    @Parameters(paramLabel = "CLAIM", description = "A repository or a namespace: alice/hello, alice/*.")
    private String claim = "";

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "100",
            description = "How many lines, 1000 at most, and as many that stand for others. Default: ${DEFAULT-VALUE}.")
    private int limit;

    HistoryCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiPath history = ApiPath.history(claim).with("limit", Integer.toString(limit));
        output.list(Listing.whole(api, history), COLUMNS);
    }
}
