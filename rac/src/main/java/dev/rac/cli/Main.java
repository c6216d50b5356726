package dev.rac.cli;

import dev.rac.backup.BackupException;
import dev.rac.certs.CertificatesException;
import dev.rac.cli.api.ApiException;
import dev.rac.cli.claim.ClaimCommand;
import dev.rac.cli.command.Surroundings;
import dev.rac.cli.keys.KeysCommand;
import dev.rac.cli.repository.RepositoriesCommand;
import dev.rac.cli.session.SessionCommand;
import dev.rac.cli.token.TokenCommand;
import dev.rac.cli.user.UserCommand;
import dev.rac.service.database.DatabaseException;
import dev.rac.service.http.ServerStartException;
import dev.rac.service.secret.SecretException;
import dev.rac.service.settings.InvalidSettingsException;
import dev.rac.stack.StackException;
import dev.rac.targets.TargetException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code rac} command. */
@Command(
        name = "rac",
        version = "rac 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Run A Container: push an image to your own registry, and its URL works.",
        subcommands = {
            UpCommand.class,
            RegistryAuthCommand.class,
            NotifierCommand.class,
            EdgeProxyCommand.class,
            RestoreCommand.class
        },
        footer = {
            "",
            "All settings of services are environment variables; the README lists them.",
            "Exit status: 0 ended as asked, 1 failed, 2 wrong settings or usage."
        })
public final class Main {
    /** The exit status for wrong settings and usage. */
    static final int WRONG_SETTINGS = 2;

    private Main() {}

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine(Surroundings.ofProcess(), args).execute(args));
    }

    /** The command with all below it that these arguments may ask for. */
    static CommandLine commandLine(Surroundings surroundings, String... args) {
        // Making them all takes longer than a request: of what is not asked for, the name is enough.
        String asked = args.length == 0 ? "" : args[0];
        return new CommandLine(new Main())
                .addSubcommand(asked.equals("user") ? UserCommand.with(surroundings) : new UserCommand())
                .addSubcommand(asked.equals("claim") ? ClaimCommand.with(surroundings) : new ClaimCommand())
                .addSubcommand(asked.equals("token") ? TokenCommand.with(surroundings) : new TokenCommand())
                .addSubcommand(asked.equals("session") ? SessionCommand.with(surroundings) : new SessionCommand())
                .addSubcommand(asked.equals("keys") ? KeysCommand.with(surroundings) : new KeysCommand())
                .addSubcommand(new RepositoriesCommand(surroundings))
                .setExecutionExceptionHandler(oneLine())
                .setParameterExceptionHandler(Main::wrongUsage);
    }

    private static int wrongUsage(ParameterException exception, String[] args) {
        CommandLine commandLine = exception.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println("rac: " + exception.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
            err.println("  " + commandLine.getCommandSpec().qualifiedName() + " --help says more");
        }
        return WRONG_SETTINGS;
    }

    // What the user can mend is told in words; anything else is ours to mend, and keeps its stack trace.
    private static IExecutionExceptionHandler oneLine() {
        return (exception, commandLine, parsed) -> switch (exception) {
            case InvalidSettingsException e -> {
                commandLine
                        .getErr()
                        .println("rac: wrong settings:\n"
                                + String.valueOf(e.getMessage()).indent(2).stripTrailing());
                yield WRONG_SETTINGS;
            }
            case ApiException e -> failed(commandLine, e);
            case StackException e -> failed(commandLine, e);
            case TargetException e -> failed(commandLine, e);
            case CertificatesException e -> failed(commandLine, e);
            case SecretException e -> failed(commandLine, e);
            case BackupException e -> failed(commandLine, e);
            case DatabaseException e -> failed(commandLine, e);
            case ServerStartException e -> failed(commandLine, e);
            default -> {
                LoggerFactory.getLogger(Main.class).error("rac failed", exception);
                yield failed(commandLine, exception);
            }
        };
    }

    private static int failed(CommandLine commandLine, Exception exception) {
        commandLine.getErr().println("rac: " + exception.getMessage());
        return 1;
    }
}
