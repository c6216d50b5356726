package dev.rac.cli;

import dev.rac.stack.Lifecycle;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Runs something until the process is told to end, and then ends all that was started, even half-way through. */
final class Foreground {
    private Foreground() {}

    /**
     * Starts, and waits for SIGINT or SIGTERM.
     *
     * @param start notes every part it starts in the lifecycle
     * @return never before the process ends, unless {@code start} throws
     */
    static int run(Consumer<Lifecycle> start) throws InterruptedException {
        var lifecycle = new Lifecycle();
        var hook = new Thread(lifecycle::close, "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            start.accept(lifecycle);
        } catch (RuntimeException e) {
            lifecycle.close();
            throw e;
        }
        new CountDownLatch(1).await();
        return 0;
    }
}
