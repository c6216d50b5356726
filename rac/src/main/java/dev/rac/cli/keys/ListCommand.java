package dev.rac.cli.keys;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.ApiReply;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Output;
import picocli.CommandLine.Command;

/** {@code rac keys list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the keys that tokens are verified with, the one that signs first.")
final class ListCommand extends ShowingCommand {
    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiReply keys = api.get(ApiPath.of("/signing-keys"));
        output.print(keys.body(), KeyColumns.ALL.table(keys.json()));
    }
}
