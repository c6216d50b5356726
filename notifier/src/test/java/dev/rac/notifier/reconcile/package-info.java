/** Tests of comparing and mending. */
@NullMarked
package dev.rac.notifier.reconcile;

import org.jspecify.annotations.NullMarked;
