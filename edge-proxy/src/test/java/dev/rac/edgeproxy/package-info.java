@NullMarked
package dev.rac.edgeproxy;

import org.jspecify.annotations.NullMarked;
