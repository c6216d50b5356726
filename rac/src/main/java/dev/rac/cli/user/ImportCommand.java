package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.api.ApiReply;
import dev.rac.cli.api.UsageException;
import dev.rac.cli.command.ShowingCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.output.Columns;
import dev.rac.cli.output.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code rac user import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Adds the users of an htpasswd file with bcrypt hashes (htpasswd -B); for administrators.",
            "Lines that cannot be taken are told, and the others added."
        })
final class ImportCommand extends ShowingCommand {
    private static final Columns SKIPPED = Columns.of("line", "name", "reason");

    @Parameters(paramLabel = "FILE", description = "The htpasswd file; - for standard input.")
    private String file = "";

    ImportCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, Output output) {
        ApiReply reply = api.sendText("POST", ApiPath.of("/users/import"), content());
        JsonNode outcome = reply.json();
        JsonNode skipped = outcome.path("skipped");
        String table = skipped.isEmpty() ? "" : "\n" + SKIPPED.table(skipped);
        String count = "added " + outcome.path("added").size() + ", skipped " + skipped.size() + "\n";
        output.print(reply.body(), count + table);
    }

    private byte[] content() {
        try {
            return file.equals("-") ? surroundings().in().readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("cannot read " + file);
        }
    }
}
