package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/**
 * Records what came of pushes: what several workers have to record at a time, in one commit. Each commit makes the next
 * one wait, and so the registry, whose next push is to be stored. Thread-safe.
 */
final class Recorder {
    private final Jdbi jdbi;
    private final Inbox inbox;
    private final Outcomes outcomes;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    private record Entry(Outcome outcome, boolean isLast, CompletableFuture<Void> written) {}

    Recorder(Jdbi jdbi, Inbox inbox, Outcomes outcomes) {
        this.jdbi = jdbi;
        this.inbox = inbox;
        this.outcomes = outcomes;
    }

    /** Records what a push is at; returns when that is durable. */
    void progress(Outcome outcome) {
        record(new Entry(outcome, false, new CompletableFuture<>()));
    }

    /** Records what came of a push in the end, and that it needs nothing more; returns when that is durable. */
    void end(Outcome outcome) {
        record(new Entry(outcome, true, new CompletableFuture<>()));
    }

    private void record(Entry entry) {
        waiting.add(entry);
        writing.lock();
        try {
            write();
        } finally {
            writing.unlock();
        }
        try {
            entry.written().join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Writes what waits by now; nothing if the one before has written it all. */
    private void write() {
        List<Entry> batch = new ArrayList<>();
        waiting.drainTo(batch);
        try {
            write(batch);
            batch.forEach(entry -> entry.written().complete(null));
        } catch (RuntimeException e) {
            // What is wrong with one is not to be the others' trouble.
            batch.forEach(this::writeAlone);
        }
    }

    private void writeAlone(Entry entry) {
        try {
            write(List.of(entry));
            entry.written().complete(null);
        } catch (RuntimeException e) {
            entry.written().completeExceptionally(e);
        }
    }

    private void write(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbi.useTransaction(handle -> entries.forEach(entry -> {
            outcomes.record(entry.outcome());
            if (entry.isLast()) {
                inbox.done(entry.outcome().push().eventId());
            }
        }));
    }
}
