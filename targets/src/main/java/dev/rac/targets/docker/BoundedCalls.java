package dev.rac.targets.docker;

import dev.rac.targets.TargetException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs calls that a hanging engine would hold for ever, each in a thread of its own, and gives up on them in time. */
final class BoundedCalls implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Waits for the call's result.
     *
     * @param what completes "… took longer than"
     * @throws TargetException if it takes longer, or the caller is interrupted; the call is then interrupted, too
     * @throws RuntimeException as the call threw it
     */
    <T> T within(Duration limit, String what, Supplier<T> call) {
        Future<T> result = begin(call);
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TargetException(what + " took longer than " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException(what + " was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new TargetException(what + " failed", e);
        } finally {
            result.cancel(true);
        }
    }

    /** Begins a call beside the caller's own, who bounds and cancels it. */
    <T> Future<T> begin(Supplier<T> call) {
        return threads.submit(call::get);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
