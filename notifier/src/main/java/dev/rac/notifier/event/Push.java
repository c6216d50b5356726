package dev.rac.notifier.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A manifest that was pushed under a tag: the one event that can deploy.
 *
 * @param eventId the registry's id of the event, the same whenever it tries again
 * @param repository such as {@code alice/hello}
 * @param digest of the manifest or index that was pushed
 * @param pushedBy the user, empty for anonymous
 * @param pushedAt when the registry took it, in whole milliseconds; never later than its receipt
 */
public record Push(
        String eventId, String repository, String tag, String digest, Optional<String> pushedBy, Instant pushedAt) {

    /** The push as people name it. */
    @Override
    public String toString() {
        return repository + ":" + tag + "@" + digest;
    }
}
