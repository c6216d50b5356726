package dev.rac.cli.token;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Columns;
import dev.rac.cli.output.Output;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rac token create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an access token for a machine: it may do some of what its owner may.",
            "It is shown this once, and stands for the password: docker login -u <owner> -p <token>."
        })
final class CreateCommand extends ShowingCommand {
    private static final Columns COLUMNS = Columns.of("id", "name", "repositories", "actions", "expires_at", "token");

    @Parameters(paramLabel = "NAME", description = "What it is for: \"build server\".")
    private String name = "";

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            required = true,
            split = ",",
            description = "A repository or a namespace that it is for: alice/hello, alice/*. May be repeated.")
    private List<String> repositories = List.of();

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            split = ",",
            defaultValue = "pull",
            description = {
                "pull, push, delete (images), read, write (apps); push needs pull. May be repeated.",
                "Default: ${DEFAULT-VALUE}."
            })
    private List<String> actions = List.of();

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "In how long, 90d or 12h, or at which time, 2027-01-01T00:00:00Z. Default: never.")
    private @Nullable String expires;

    CreateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        var asked = new HashMap<String, Object>();
        asked.put("name", name);
        asked.put("repositories", repositories);
        asked.put("actions", actions);
        if (expires != null) {
            asked.put("expires_at", Expiry.of(expires, surroundings().clock()));
        }
        output.object(api.send("POST", ApiPath.of("/access-tokens"), asked), COLUMNS);
    }
}
