@NullMarked
package dev.rac.notifier.variable;

import org.jspecify.annotations.NullMarked;
