@NullMarked
package dev.rac.edgeproxy.wake;

import org.jspecify.annotations.NullMarked;
