/** The commands about what is in the registry. */
@NullMarked
package dev.rac.cli.repository;

import org.jspecify.annotations.NullMarked;
