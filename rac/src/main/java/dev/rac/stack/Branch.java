package dev.rac.stack;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A part of the start that goes on beside others, on a thread of its own. */
final class Branch<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Branch() {}

    static <T> Branch<T> start(Supplier<T> work) {
        var branch = new Branch<T>();
        Thread.ofPlatform().name("start").daemon().start(() -> branch.run(work));
        return branch;
    }

    private void run(Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /**
     * Waits for the part.
     *
     * @throws RuntimeException what the part threw
     */
    T join() {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
