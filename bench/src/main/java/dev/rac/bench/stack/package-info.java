/** The whole local stack on the local engine, and what is pushed to it and seen of it. */
@NullMarked
package dev.rac.bench.stack;

import org.jspecify.annotations.NullMarked;
