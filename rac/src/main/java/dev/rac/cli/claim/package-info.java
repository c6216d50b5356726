/** The commands about claims. */
@NullMarked
package dev.rac.cli.claim;

import org.jspecify.annotations.NullMarked;
