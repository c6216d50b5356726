/** Measurements become figures: percentiles, medians over rounds, ratios, aims. Pure. */
@NullMarked
package dev.rac.bench.figure;

import org.jspecify.annotations.NullMarked;
