package dev.rac.cli.claim;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.Listing;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rac claim list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists claims: those of one's own, and those one is a member of.")
final class ListCommand extends ShowingCommand {
    @Option(names = "--all", description = "Everybody's claims; for administrators.")
    private boolean all;

    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiPath claims = ApiPath.of("/claims");
        output.list(Listing.of(api, all ? claims.with("all", "true") : claims, "repository"), ClaimColumns.ONE);
    }
}
