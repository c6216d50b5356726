/** Prometheus metrics of one service. */
@NullMarked
package dev.rac.service.metrics;

import org.jspecify.annotations.NullMarked;
