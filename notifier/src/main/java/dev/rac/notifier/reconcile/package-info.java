/** Compares what the registry has, what is recorded and what the target runs, and mends the difference. */
@NullMarked
package dev.rac.notifier.reconcile;

import org.jspecify.annotations.NullMarked;
