/** Measures services, and writes what it found. */
@NullMarked
package dev.rac.bench;

import org.jspecify.annotations.NullMarked;
