package dev.rac.notifier.deploy;

import java.time.Instant;
import java.util.Optional;

/**
 * That the app of a tag was removed: it stays so until something else is pushed.
 *
 * @param tag empty for every tag that has no removal of its own
 * @param digest what was last pushed under the tag before, where that is known; empty if the tag itself was deleted
 */
public record Removal(String tag, Optional<String> digest, Instant at) {
    /** Stands for every tag that has no removal of its own. */
    public static final String ANY_TAG = "";
}
