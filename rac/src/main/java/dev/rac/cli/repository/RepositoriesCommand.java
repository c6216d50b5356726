package dev.rac.cli.repository;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.Listing;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Columns;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;

/** {@code rac repositories}. */
@Command(
        name = "repositories",
        mixinStandardHelpOptions = true,
        description = "Lists what one may pull, and what else one may do with it, over RAC's HTTP API.")
public final class RepositoriesCommand extends ShowingCommand {
    private static final Columns COLUMNS = Columns.of("repository", "actions");

    public RepositoriesCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.list(Listing.of(api, ApiPath.of("/repositories"), "repository"), COLUMNS);
    }
}
