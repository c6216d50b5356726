/** Sends HTTP requests, as many as are answered or at a fixed rate, and times the answers. */
@NullMarked
package dev.rac.bench.load;

import org.jspecify.annotations.NullMarked;
