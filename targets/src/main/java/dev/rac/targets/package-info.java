/** Where apps run: the {@link dev.rac.targets.App} model and the {@link dev.rac.targets.Target} port. */
@NullMarked
package dev.rac.targets;

import org.jspecify.annotations.NullMarked;
