/** Tests of deploying. */
@NullMarked
package dev.rac.notifier.deploy;

import org.jspecify.annotations.NullMarked;
