@NullMarked
package dev.rac.edgeproxy.tls;

import org.jspecify.annotations.NullMarked;
