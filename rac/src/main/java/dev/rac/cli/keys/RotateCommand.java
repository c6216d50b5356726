package dev.rac.cli.keys;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.ApiReply;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import java.time.Duration;
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
            "With --authority, the key's authority is another one too, and rac up restarts its registry twice.",
            "With --authority --drop-old, for a key that others have, all that was signed before is refused."
        },
        footer = {
            "",
            "With a registry that rac up did not start, --authority takes two steps: rac keys rotate --authority,",
            "restart the registry, then rac keys rotate --authority --registry-restarted; with --drop-old in both,",
            "the registry has to be restarted once more.",
            "",
            "With --drop-old, clients of the registry ask for new tokens by themselves, and logins stay. Engines get",
            "new credentials to pull with when the notifier starts, else within a day: restart it, or rac up."
        })
final class RotateCommand extends ShowingCommand {
    private static final int ACCEPTED = 202;
    // The registry may take a minute for each of two starts.
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @Option(
            names = "--authority",
            description = "Replace the token authority too, which the registry reads at its start.")
    private boolean authority;

    @Option(
            names = "--drop-old",
            description = "With --authority: have nothing accepted any more that was signed before.")
    private boolean dropOld;

    @Option(
            names = "--registry-restarted",
            description = "Go on: the registry has been restarted since the next authority was announced.")
    private boolean registryRestarted;

    RotateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        var rotation = Map.of("authority", authority, "drop_old", dropOld, "registry_restarted", registryRestarted);
        ApiReply keys = api.send("POST", ApiPath.of("/signing-keys/rotate"), rotation, TIMEOUT);
        output.print(keys.body(), toDo(keys.status() == ACCEPTED) + KeyColumns.ALL.table(keys.json()));
    }

    private String toDo(boolean halfDone) {
        if (halfDone && !registryRestarted) {
            return "The next token authority is announced. Restart the registry, which reads it then, and go on with"
                    + " rac keys rotate --authority" + (dropOld ? " --drop-old" : "") + " --registry-restarted.\n";
        }
        if (!dropOld) {
            return "";
        }
        String registry = halfDone
                ? "Restart the registry once more: until then it takes tokens of the old key.\n"
                : "The registry takes no tokens of the old key any more.\n";
        return registry
                + "Restart the notifier, or rac up: engines have no valid credential to pull with until then, or"
                + " for up to a day.\n";
    }
}
