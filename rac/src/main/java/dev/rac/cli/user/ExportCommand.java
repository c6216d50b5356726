package dev.rac.cli.user;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.ApiPath;
import dev.rac.cli.command.ApiCommand;
import dev.rac.cli.command.Surroundings;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code rac user export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Prints all enabled users as an htpasswd file, with their bcrypt hashes; for administrators.")
final class ExportCommand extends ApiCommand {
    ExportCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected void run(ApiClient api, PrintWriter out) {
        out.print(api.text(ApiPath.of("/users/export")));
        out.flush();
    }
}
