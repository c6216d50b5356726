package dev.rac.cli.keys;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.ApiReply;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rac keys rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Has tokens signed with a new key from now on. Nothing is refused meanwhile:",
            "old tokens stay valid until they expire, and the registry needs no restart.",
            "With --authority, the key's authority is another one too, and rac up restarts its registry twice."
        },
        footer = {
            "",
            "With a registry that rac up did not start, --authority takes two steps: rac keys rotate --authority,",
            "restart the registry, then rac keys rotate --authority --registry-restarted."
        })
final class RotateCommand extends ShowingCommand {
    private static final int ACCEPTED = 202;
    private static final String ANNOUNCED =
            "The next token authority is announced. Restart the registry, which reads it then, and go on with"
                    + " rac keys rotate --authority --registry-restarted.";

    @Option(
            names = "--authority",
            description = "Replace the token authority too, which the registry reads at its start.")
    private boolean authority;

    @Option(
            names = "--registry-restarted",
            description = "Go on: the registry has been restarted since the next authority was announced.")
    private boolean registryRestarted;

    RotateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        var rotation = Map.of("authority", authority, "registry_restarted", registryRestarted);
        ApiReply keys = api.send("POST", ApiPath.of("/signing-keys/rotate"), rotation);
        String next = keys.status() == ACCEPTED ? ANNOUNCED + "\n" : "";
        output.print(keys.body(), next + KeyColumns.ALL.table(keys.json()));
    }
}
