@NullMarked
package dev.rac.targets;

import org.jspecify.annotations.NullMarked;
