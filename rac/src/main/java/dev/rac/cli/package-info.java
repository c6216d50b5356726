/** The {@code rac} command: one class per subcommand; those that speak the HTTP API in packages by feature. */
@NullMarked
package dev.rac.cli;

import org.jspecify.annotations.NullMarked;
