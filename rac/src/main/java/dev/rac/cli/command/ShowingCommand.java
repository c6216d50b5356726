package dev.rac.cli.command;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.output.Output;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** A command that prints what the API answers, for people or for programs. */
public abstract class ShowingCommand extends ApiCommand {
    @Option(names = "--json", description = "Print the API's JSON as it is.")
    private boolean json;

    protected ShowingCommand(Surroundings surroundings) {
        super(surroundings);
    }

    /** Does what the command is for. */
    protected abstract void run(ApiClient api, Output output);

    @Override
    protected final void run(ApiClient api, PrintWriter out) {
        run(api, new Output(out, json));
    }
}
