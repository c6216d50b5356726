package dev.rac.cli.command;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.UsageException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks the HTTP API. */
public abstract class ApiCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ApiOptions options;

    // Put in its place when the command line is made.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    protected ApiCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.options = new ApiOptions(surroundings);
    }

    /**
     * Does what the command is for.
     *
     * @throws UsageException for what cannot be asked
     * @throws dev.rac.cli.api.ApiException if the API refuses or does not answer
     */
    protected abstract void run(ApiClient api, PrintWriter out);

    /** Runs the command; usage errors end with picocli's own status for them. */
    @Override
    public final Integer call() {
        try (ApiClient api = options.connect()) {
            run(api, spec.commandLine().getOut());
            return 0;
        } catch (UsageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    protected final Surroundings surroundings() {
        return surroundings;
    }

    /** The name of the user who asks, if one is given. */
    protected final Optional<String> user() {
        return options.user();
    }
}
