/** The commands about access tokens. */
@NullMarked
package dev.rac.cli.token;

import org.jspecify.annotations.NullMarked;
