/** Requests and answers on their way through: the front door's server, upstream connections, headers, error pages. */
@NullMarked
package dev.rac.edgeproxy.forward;

import org.jspecify.annotations.NullMarked;
