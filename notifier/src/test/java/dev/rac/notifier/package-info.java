/** Tests of the whole notifier. */
@NullMarked
package dev.rac.notifier;

import org.jspecify.annotations.NullMarked;
