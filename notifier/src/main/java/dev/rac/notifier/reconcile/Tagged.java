package dev.rac.notifier.reconcile;

import java.util.Set;

/**
 * A tag that names an image.
 *
 * @param digest of the manifest or index
 * @param digests those that the image goes by: {@code digest} and, where it mattered, those of an index's entries
 */
record Tagged(String tag, String digest, Set<String> digests) {
    Tagged {
        digests = Set.copyOf(digests);
    }
}
