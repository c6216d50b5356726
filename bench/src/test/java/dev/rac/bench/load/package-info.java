@NullMarked
package dev.rac.bench.load;

import org.jspecify.annotations.NullMarked;
