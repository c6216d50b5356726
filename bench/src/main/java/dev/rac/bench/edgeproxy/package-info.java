/** The front door: how fast it forwards, beside nginx and HAProxy. */
@NullMarked
package dev.rac.bench.edgeproxy;

import org.jspecify.annotations.NullMarked;
