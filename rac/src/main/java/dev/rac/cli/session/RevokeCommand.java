package dev.rac.cli.session;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rac session revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Ends one session, or all: the client must log in again.")
final class RevokeCommand extends ShowingCommand {
    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** One or all. */
    static final class Which {
        @Parameters(paramLabel = "ID", description = "As rac session list shows it.")
        private @Nullable String id;

        @Option(names = "--all", description = "All of them.")
        private boolean all;
    }

    RevokeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiPath sessions = ApiPath.of("/users/me/sessions");
        String id = which.id;
        if (which.all || id == null) {
            output.done(api.send("DELETE", sessions), "revoked all sessions");
        } else {
            output.done(api.send("DELETE", sessions.slash(id)), "revoked session " + id);
        }
    }
}
