@NullMarked
package dev.rac.bench.figure;

import org.jspecify.annotations.NullMarked;
