@NullMarked
package dev.rac.backup;

import org.jspecify.annotations.NullMarked;
