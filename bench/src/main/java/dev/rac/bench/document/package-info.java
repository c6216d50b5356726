/** The Markdown of docs/performance.md. */
@NullMarked
package dev.rac.bench.document;

import org.jspecify.annotations.NullMarked;
