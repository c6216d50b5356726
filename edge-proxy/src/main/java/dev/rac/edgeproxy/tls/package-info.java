/** HTTPS: whose certificate is shown, and that HTTP leads there. */
@NullMarked
package dev.rac.edgeproxy.tls;

import org.jspecify.annotations.NullMarked;
