/** Finding out whether an instance answers. */
@NullMarked
package dev.rac.targets.probe;

import org.jspecify.annotations.NullMarked;
