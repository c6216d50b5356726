/** Writes one line of JSON for each request that was answered. */
@org.jspecify.annotations.NullMarked
package dev.rac.edgeproxy.accesslog;
