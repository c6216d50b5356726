package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pushes of one repository: of each tag the newest waits, and one at a time is worked on. Thread-safe, for many
 * that add and one that works.
 */
final class Lane {
    private final Map<String, Job> waiting = new HashMap<>();
    private @Nullable Job current;
    private boolean currentCancelled;
    private boolean closed;

    /**
     * Adds a push, unless a newer one of its tag waits.
     *
     * @return the push that does not wait any more, or never did, for there is a newer one
     */
    synchronized Optional<Push> add(Job job) {
        String key = key(job.push());
        Job other = waiting.get(key);
        if (other != null && newer(other.push(), job.push())) {
            return Optional.of(job.push());
        }
        waiting.put(key, job);
        notifyAll();
        // One that was just stored can be told twice: by its event, and by the inbox at start.
        return Optional.ofNullable(other)
                .map(Job::push)
                .filter(push -> !push.eventId().equals(job.push().eventId()));
    }

    /** Takes the next one when its time has come; nothing if none waits at all, or the lane is closed. */
    synchronized Optional<Job> next() throws InterruptedException {
        current = null;
        currentCancelled = false;
        while (!closed && !waiting.isEmpty()) {
            long now = System.nanoTime();
            Job first = waiting.values().stream()
                    .min(Comparator.comparingLong(job -> job.dueNanos() - now))
                    .orElseThrow();
            long pause = first.dueNanos() - now;
            if (pause <= 0) {
                waiting.remove(key(first.push()));
                current = first;
                return Optional.of(first);
            }
            TimeUnit.NANOSECONDS.timedWait(this, pause);
        }
        return Optional.empty();
    }

    /**
     * Cancels pushes up to a time.
     *
     * @return those that waited; the one that is worked on finds out by {@link #isCancelled()}
     */
    synchronized List<Push> cancel(Predicate<Push> which, Instant until) {
        Predicate<Push> cancelled = which.and(push -> !push.pushedAt().isAfter(until));
        if (current != null && cancelled.test(current.push())) {
            currentCancelled = true;
        }
        List<Push> dropped = new ArrayList<>();
        waiting.values().removeIf(job -> cancelled.test(job.push()) && dropped.add(job.push()));
        return dropped;
    }

    /** Whether the push that is worked on was cancelled. */
    synchronized boolean isCancelled() {
        return currentCancelled;
    }

    /** Hands out nothing more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Whether a push that waits or is worked on may become the app of this name. */
    synchronized boolean isArriving(AppName name) {
        return (current != null && current.names().contains(name))
                || waiting.values().stream().anyMatch(job -> job.names().contains(name));
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    // Changed variables take the place of no push, and no push takes theirs.
    private static String key(Push push) {
        return push.settingsOf().map(app -> Push.SETTINGS + app).orElse(push.tag());
    }

    private static boolean newer(Push push, Push other) {
        return push.pushedAt().isAfter(other.pushedAt());
    }
}
