package dev.rac.cli.keys;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.ApiReply;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;

/** {@code rac keys rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Has tokens signed with a new key from now on. Nothing is refused meanwhile:",
            "old tokens stay valid until they expire, and the registry needs no restart."
        })
final class RotateCommand extends ShowingCommand {
    RotateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiReply keys = api.send("POST", ApiPath.of("/signing-keys/rotate"));
        output.print(keys.body(), KeyColumns.ALL.table(keys.json()));
    }
}
