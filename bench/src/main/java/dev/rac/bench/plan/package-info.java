/** What is measured, and for how long. */
@NullMarked
package dev.rac.bench.plan;

import org.jspecify.annotations.NullMarked;
