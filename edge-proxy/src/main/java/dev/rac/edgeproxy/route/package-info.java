/** From a request's host and path to who answers it. Pure, but for the table of apps. */
@NullMarked
package dev.rac.edgeproxy.route;

import org.jspecify.annotations.NullMarked;
