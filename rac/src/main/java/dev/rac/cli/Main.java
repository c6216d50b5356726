package dev.rac.cli;

import dev.rac.certs.CertificatesException;
import dev.rac.service.database.DatabaseException;
import dev.rac.service.http.ServerStartException;
import dev.rac.service.secret.SecretException;
import dev.rac.service.settings.InvalidSettingsException;
import dev.rac.stack.StackException;
import dev.rac.targets.TargetException;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The {@code rac} command. */
@Command(
        name = "rac",
        version = "rac 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Run A Container: push an image to your own registry, and its URL works.",
        subcommands = {UpCommand.class, RegistryAuthCommand.class, NotifierCommand.class, EdgeProxyCommand.class},
        footer = {
            "",
            "All settings are environment variables; the README lists them.",
            "Exit status: 0 ended as asked, 1 failed, 2 wrong settings or usage."
        })
public final class Main {
    /** The exit status for wrong settings. */
    static final int WRONG_SETTINGS = 2;

    private Main() {}

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        int status = new CommandLine(new Main())
                .setExecutionExceptionHandler(oneLine())
                .execute(args);
        System.exit(status);
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
            case StackException e -> failed(commandLine, e);
            case TargetException e -> failed(commandLine, e);
            case CertificatesException e -> failed(commandLine, e);
            case SecretException e -> failed(commandLine, e);
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
