package dev.rac.cli.session;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.Listing;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Columns;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;

/** {@code rac session list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists where clients keep a login of one's own, and when and from where they last used it.")
final class ListCommand extends ShowingCommand {
    private static final Columns COLUMNS =
            Columns.of("id", "client_id", "created_at", "last_used_at", "last_used_from");

    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.list(Listing.whole(api, ApiPath.of("/users/me/sessions")), COLUMNS);
    }
}
