package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;

/**
 * A push to deploy, and what was tried already.
 *
 * @param attempts so far
 * @param refusals how many of them were refused
 * @param dueNanos not to be tried before, on the clock of {@link System#nanoTime()}
 */
record Job(Push push, int attempts, int refusals, long dueNanos) {
    static Job of(Push push) {
        return new Job(push, 0, 0, System.nanoTime());
    }
}
