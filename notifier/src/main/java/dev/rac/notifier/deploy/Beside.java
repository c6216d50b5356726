package dev.rac.notifier.deploy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Work that is done beside the caller's own; closing waits for its end. */
final class Beside implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Begins some work.
     *
     * @return waits for what comes of it, and throws what that threw
     */
    <T> Supplier<T> begin(Supplier<T> work) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work, threads);
        return () -> {
            try {
                return result.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException own ? own : e;
            }
        };
    }

    @Override
    public void close() {
        threads.close();
    }
}
