package dev.rac.targets.docker;

import com.github.dockerjava.api.async.ResultCallback;
import dev.rac.targets.TargetException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what an engine streams; unlike docker-java's own, it does not log the errors that it reports.
 *
 * @param <T> what is streamed
 */
final class StreamResult<T> implements ResultCallback<T> {
    private final Consumer<T> items;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile @Nullable Closeable stream;

    /** Hands each item to {@code items}, in the library's thread. */
    StreamResult(Consumer<T> items) {
        this.items = items;
    }

    /**
     * Waits for the stream's end.
     *
     * @throws RuntimeException as docker-java threw it, if the stream broke
     * @throws TargetException if interrupted
     */
    void await() {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while the engine streamed", e);
        }
    }

    /** Runs {@code action} once the stream is over, in whatever way. */
    void onEnd(Runnable action) {
        var _ = end.whenComplete((_, _) -> action.run());
    }

    @Override
    public void onStart(Closeable closeable) {
        stream = closeable;
        if (end.isDone()) {
            closeStream();
        }
    }

    @Override
    public void onNext(T item) {
        items.accept(item);
    }

    @Override
    public void onError(Throwable error) {
        end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    @Override
    public void close() {
        // One that ended by itself is closed by the library; to close it again would interrupt the library's thread.
        if (!end.complete(null)) {
            return;
        }
        closeStream();
    }

    private void closeStream() {
        Closeable open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
