/** Backups of what the local stack keeps on its disk, in the bucket of the registry's blobs. */
@NullMarked
package dev.rac.backup;

import org.jspecify.annotations.NullMarked;
