/** The {@code rac} command: one class per subcommand. */
@NullMarked
package dev.rac.cli;

import org.jspecify.annotations.NullMarked;
