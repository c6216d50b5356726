/** {@code rac keys}. */
@NullMarked
package dev.rac.cli.keys;

import org.jspecify.annotations.NullMarked;
