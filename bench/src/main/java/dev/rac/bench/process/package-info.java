/** Servers in processes of their own: starting them, what they take of the machine, ending them. */
@NullMarked
package dev.rac.bench.process;

import org.jspecify.annotations.NullMarked;
