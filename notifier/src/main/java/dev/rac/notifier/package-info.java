/** From a push to a deployed app. */
@NullMarked
package dev.rac.notifier;

import org.jspecify.annotations.NullMarked;
