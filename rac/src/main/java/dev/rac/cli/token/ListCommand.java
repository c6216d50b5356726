package dev.rac.cli.token;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.Listing;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Columns;
import dev.rac.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rac token list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists one's own access tokens: what for, until when, when and from where they were last used.")
final class ListCommand extends ShowingCommand {
    private static final Columns COLUMNS =
            Columns.of("id", "name", "repositories", "actions", "expires_at", "last_used_at", "last_used_from");

    @Option(names = "--of", paramLabel = "USER", description = "Those of another user; for administrators.")
    private @Nullable String owner;

    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiPath tokens = ApiPath.of("/access-tokens");
        output.list(Listing.whole(api, owner == null ? tokens : tokens.with("user", owner)), COLUMNS);
    }
}
