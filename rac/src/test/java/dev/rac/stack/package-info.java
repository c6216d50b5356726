@NullMarked
package dev.rac.stack;

import org.jspecify.annotations.NullMarked;
