/** What apps write to their output: kept over their sleep, and followed. */
@NullMarked
package dev.rac.notifier.log;

import org.jspecify.annotations.NullMarked;
