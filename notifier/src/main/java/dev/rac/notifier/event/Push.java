package dev.rac.notifier.event;

import dev.rac.targets.AppName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A manifest that was pushed under a tag, or that somebody rolls back to: what can deploy. Or that an app is to get the
 * variables that were set for it.
 *
 * @param eventId the registry's id of the event, the same whenever it tries again; of a rollback, one that begins with
 *     {@value #ROLLBACK}, and of new variables with {@value #SETTINGS}
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

    /** What the ids of changed variables begin with, before the app's name. */
    public static final String SETTINGS = "settings:";

    /** Deploys an app once more as it will be when its turn comes, with the variables of then. */
    public static Push settings(
            AppName app, String repository, String tag, String digest, Optional<String> user, Instant at) {
        String id = SETTINGS + app + ":" + UUID.randomUUID();
        return new Push(id, repository, tag, digest, user, at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Deploys once more what was pushed, as the latest decision. */
    public static Push rollback(String repository, String tag, String digest, Optional<String> user, Instant at) {
        String id = ROLLBACK + UUID.randomUUID();
        return new Push(id, repository, tag, digest, user, at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whether this is no push but a rollback. */
    public boolean isRollback() {
        return eventId.startsWith(ROLLBACK);
    }

    /** The app whose variables were changed; empty if this deploys an image. */
    public Optional<AppName> settingsOf() {
        if (!eventId.startsWith(SETTINGS)) {
            return Optional.empty();
        }
        String rest = eventId.substring(SETTINGS.length());
        return Optional.of(new AppName(rest.substring(0, rest.indexOf(':'))));
    }

    /** Whether the registry took this, and nobody asked for it here. */
    public boolean isPush() {
        return !isRollback() && settingsOf().isEmpty();
    }

    /** The push as people name it. */
    @Override
    public String toString() {
        return repository + ":" + tag + "@" + digest;
    }
}
