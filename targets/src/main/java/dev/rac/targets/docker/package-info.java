/** The {@link dev.rac.targets.Target} port on a Docker Engine: one container per app, created but not started. */
@NullMarked
package dev.rac.targets.docker;

import org.jspecify.annotations.NullMarked;
