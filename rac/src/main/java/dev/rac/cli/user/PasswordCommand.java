package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.Authorization.Basic;
import dev.rac.cli.api.UsageException;
import dev.rac.cli.command.NewPassword;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code rac user password}. */
@Command(
        name = "password",
        mixinStandardHelpOptions = true,
        description = "Changes one's own password; ends all sessions.",
        footer = {"", NewPassword.HELP})
final class PasswordCommand extends ShowingCommand {
    PasswordCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        if (!(api.authorization() instanceof Basic(String user, String current))) {
            throw new UsageException("give --user, or set RAC_USER, to say whose password it is");
        }
        String next = NewPassword.read(surroundings(), user);
        output.done(
                api.send("PUT", ApiPath.of("/users/me/password"), Map.of("current", current, "new", next)),
                "changed the password of " + user);
    }
}
