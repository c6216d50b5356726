/** The notifier while everything around it, and it itself, is killed. */
@NullMarked
package dev.rac.notifier.chaos;

import org.jspecify.annotations.NullMarked;
