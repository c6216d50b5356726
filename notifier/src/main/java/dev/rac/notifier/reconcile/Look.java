package dev.rac.notifier.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A repository as the registry had it.
 *
 * @param names every tag
 * @param images the tags that name images, the oldest first as far as tags can tell
 * @param at before the first of it was asked for, in whole milliseconds: what was pushed later may be missing
 */
record Look(String repository, Set<String> names, List<Tagged> images, Instant at) {
    Look {
        names = Set.copyOf(names);
        images = List.copyOf(images);
    }
}
