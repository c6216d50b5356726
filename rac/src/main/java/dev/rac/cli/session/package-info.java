/** The commands about where one is logged in. */
@NullMarked
package dev.rac.cli.session;

import org.jspecify.annotations.NullMarked;
