/** The commands about users. */
@NullMarked
package dev.rac.cli.user;

import org.jspecify.annotations.NullMarked;
