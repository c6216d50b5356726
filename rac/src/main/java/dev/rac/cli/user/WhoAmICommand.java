package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;

/** {@code rac user whoami}. */
@Command(name = "whoami", mixinStandardHelpOptions = true, description = "Shows who is logged in.")
final class WhoAmICommand extends ShowingCommand {
    WhoAmICommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        output.object(api.get(ApiPath.of("/users/me")), UserColumns.ONE);
    }
}
