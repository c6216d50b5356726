package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * An image that was deployed for an app, or tried.
 *
 * @param digest of the image for the target's platform: what the app shows when it runs this
 * @param push its last push; a rollback to it, where the push is forgotten already
 * @param deployedAt when it was last deployed, by a push or a rollback; empty: it never answered
 * @param state what came of the last push or rollback of it
 * @param reason why, unless it was deployed
 * @param failure how it ended, if it was started and did not answer
 * @param current whether the app is at this revision
 */
public record Revision(
        String digest,
        Push push,
        Optional<Instant> deployedAt,
        Outcome.State state,
        Optional<String> reason,
        Optional<Failure> failure,
        boolean current) {

    /** Whether a digest means this revision: its image's own, or that of the index that was pushed. */
    boolean has(String wanted) {
        return digest.equals(wanted) || push.digest().equals(wanted);
    }

    /** The same while somebody rolls back to it. */
    Revision deploying() {
        return new Revision(
                digest, push, deployedAt, Outcome.State.DEPLOYING, Optional.empty(), Optional.empty(), current);
    }
}
