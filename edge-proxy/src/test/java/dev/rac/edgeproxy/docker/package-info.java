/** The front door before a real Docker Engine. */
@NullMarked
package dev.rac.edgeproxy.docker;

import org.jspecify.annotations.NullMarked;
