package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.Listing;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;

/** {@code rac user list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all users; for administrators.")
final class ListCommand extends ShowingCommand {
    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.list(Listing.of(api, ApiPath.of("/users"), "name"), UserColumns.ONE);
    }
}
