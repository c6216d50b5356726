/** From a push to an app on the target: which app, in what order, and what came of it. */
@NullMarked
package dev.rac.notifier.deploy;

import org.jspecify.annotations.NullMarked;
