@NullMarked
package dev.rac.edgeproxy.forward;

import org.jspecify.annotations.NullMarked;
