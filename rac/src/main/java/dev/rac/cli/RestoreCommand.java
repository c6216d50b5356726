package dev.rac.cli;

import dev.rac.backup.StoredBackup;
import dev.rac.service.settings.Environment;
import dev.rac.stack.StackBackups;
import dev.rac.stack.StackSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rac restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a backup of the local stack from the bucket into RAC_DATA, before a start.",
            "RAC_DATA must be empty or not there: what is there is never overwritten."
        },
        footer = {
            "",
            "Needs RAC_S3_ENDPOINT, RAC_S3_BUCKET, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY as the stack has them,",
            "and RAC_BACKUP_PASSWORD for a backup that is encrypted."
        })
final class RestoreCommand implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Option(names = "--list", description = "lists the backups that there are, the newest first")
    private boolean list;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "the backup to restore; the newest by default")
    @Nullable
    private String name;

    @Override
    public Integer call() {
        var environment = new Environment(System.getenv());
        var settings = StackSettings.read(environment);
        environment.check();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (list) {
            List<StoredBackup> backups = StackBackups.list(settings);
            backups.forEach(backup -> out.println(line(backup)));
            if (backups.isEmpty()) {
                out.println("there is no backup in the bucket");
            }
        } else {
            StoredBackup restored = StackBackups.restore(settings, Optional.ofNullable(name));
            out.println("restored the backup " + restored.name() + " into " + settings.data() + ": start with rac up");
            if (!restored.encrypted()) {
                out.println("it holds the databases only: keys and secrets are made anew at the start");
            }
        }
        out.flush();
        return 0;
    }

    private static String line(StoredBackup backup) {
        return String.format(
                Locale.ROOT,
                "%s  %10d bytes  %s",
                backup.name(),
                backup.sizeBytes(),
                backup.encrypted() ? "databases, keys and secrets, encrypted" : "databases");
    }
}
