/** The local stack: everything of RAC on one machine, in one process, with the registry as its child. */
@NullMarked
package dev.rac.stack;

import org.jspecify.annotations.NullMarked;
