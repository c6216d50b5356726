package dev.rac.cli;

import dev.rac.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rac up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts everything in one process: registry, registry-auth, notifier and edge-proxy.",
            "Prints \"ready: <URL>\" when a push would succeed; ends with SIGINT or SIGTERM and keeps the data."
        })
final class UpCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        return Foreground.run(lifecycle -> LocalStack.start(System.getenv(), lifecycle, System.out));
    }
}
