package dev.rac.edgeproxy.wake;

import dev.rac.targets.Endpoint;

/** What holds the connections to one endpoint. */
public interface Upstream {
    Endpoint endpoint();

    /** Ends the connections that no request uses; the others when theirs ends. */
    void close();

    /** Makes upstreams. */
    @FunctionalInterface
    interface Factory {
        Upstream open(Endpoint endpoint);
    }
}
