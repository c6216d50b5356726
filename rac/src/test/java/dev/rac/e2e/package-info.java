/** The whole path on real parts: docker client, registry, S3 server, engine or cluster, and the runnable jar. */
@NullMarked
package dev.rac.e2e;

import org.jspecify.annotations.NullMarked;
