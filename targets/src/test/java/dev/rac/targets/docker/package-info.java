@NullMarked
package dev.rac.targets.docker;

import org.jspecify.annotations.NullMarked;
