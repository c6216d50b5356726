package dev.rac.bench.load;

import java.nio.ByteBuffer;

/** The requests that one connection sends, one after the other. Used by one thread at a time. */
@FunctionalInterface
public interface Requests {
    /** The next request as it goes over the wire; sent before the next one is asked for. */
    ByteBuffer next();
}
