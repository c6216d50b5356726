@NullMarked
package dev.rac.edgeproxy.route;

import org.jspecify.annotations.NullMarked;
