/** The Markdown of the pages in docs/performance. */
@NullMarked
package dev.rac.bench.document;

import org.jspecify.annotations.NullMarked;
