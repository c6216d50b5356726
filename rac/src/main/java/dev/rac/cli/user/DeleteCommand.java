package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rac user delete}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes a user: oneself, or anybody by an administrator.",
            "Their claims go to the administrator, never back to everybody."
        })
final class DeleteCommand extends ShowingCommand {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    DeleteCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        // The path of everybody is the administrators'.
        ApiPath path = user().equals(Optional.of(name)) ? ApiPath.of("/users/me") : ApiPath.user(name);
        output.done(api.send("DELETE", path), "deleted user " + name);
    }
}
