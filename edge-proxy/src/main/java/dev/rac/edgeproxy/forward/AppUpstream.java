package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.wake.Upstream;
import dev.rac.targets.Endpoint;
import java.net.URI;

/** The connections to one instance of an app. */
final class AppUpstream extends ConnectionPool implements Upstream {
    private final Endpoint endpoint;

    AppUpstream(Endpoint endpoint, int ioThreads) {
        super(uri(endpoint), null, ioThreads);
        this.endpoint = endpoint;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    private static URI uri(Endpoint endpoint) {
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        return URI.create("http://" + host + ":" + endpoint.port());
    }
}
