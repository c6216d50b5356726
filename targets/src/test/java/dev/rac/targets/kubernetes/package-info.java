@NullMarked
package dev.rac.targets.kubernetes;

import org.jspecify.annotations.NullMarked;
