package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A push to deploy, and what was tried already.
 *
 * @param names the app that it becomes has one of these
 * @param attempts so far
 * @param refusals how many of them were refused
 * @param trouble why the last one came to nothing, which is recorded
 * @param dueNanos not to be tried before, on the clock of {@link System#nanoTime()}
 */
record Job(Push push, Set<AppName> names, int attempts, int refusals, Optional<String> trouble, long dueNanos) {
    static Job of(Push push) {
        return new Job(
                push, AppNames.possible(push.repository(), push.tag()), 0, 0, Optional.empty(), System.nanoTime());
    }

    /** The same after one more attempt, to be tried again when a pause is over. */
    Job again(int refusals, Optional<String> trouble, Duration pause) {
        return new Job(push, names, attempts + 1, refusals, trouble, System.nanoTime() + pause.toNanos());
    }
}
