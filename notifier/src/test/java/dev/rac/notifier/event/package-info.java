/** Tests of the notifications. */
@NullMarked
package dev.rac.notifier.event;

import org.jspecify.annotations.NullMarked;
