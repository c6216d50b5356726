package dev.rac.notifier.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A manifest that was pushed under a tag, or that somebody rolls back to: what can deploy.
 *
 * @param eventId the registry's id of the event, the same whenever it tries again; of a rollback, one that begins with
 *     {@value #ROLLBACK}
 * @param repository such as {@code alice/hello}
 * @param digest of the manifest or index that was pushed
 * @param pushedBy the user, empty for anonymous
 * @param pushedAt when the registry took it, never later than its receipt, or when the rollback was asked for; in whole
 *     milliseconds
 */
public record Push(
        String eventId, String repository, String tag, String digest, Optional<String> pushedBy, Instant pushedAt) {
    /** What the ids of rollbacks begin with, and no id of the registry's. */
    public static final String ROLLBACK = "rollback:";

    /** Deploys once more what was pushed, as the latest decision. */
    public static Push rollback(String repository, String tag, String digest, Optional<String> user, Instant at) {
        String id = ROLLBACK + UUID.randomUUID();
        return new Push(id, repository, tag, digest, user, at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whether this is no push but a rollback. */
    public boolean isRollback() {
        return eventId.startsWith(ROLLBACK);
    }

    /** The push as people name it. */
    @Override
    public String toString() {
        return repository + ":" + tag + "@" + digest;
    }
}
