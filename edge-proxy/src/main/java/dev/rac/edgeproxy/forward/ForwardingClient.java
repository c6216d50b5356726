package dev.rac.edgeproxy.forward;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import java.util.concurrent.TimeUnit;

/** Gives Undertow's handler the connections that each exchange's own {@link Forwarding} finds. */
final class ForwardingClient implements ProxyClient {
    @Override
    public ProxyTarget findTarget(HttpServerExchange exchange) {
        return Forwarding.of(exchange);
    }

    @Override
    public void getConnection(
            ProxyTarget target,
            HttpServerExchange exchange,
            ProxyCallback<ProxyConnection> callback,
            long timeout,
            TimeUnit unit) {
        ((Forwarding) target).connect(callback);
    }
}
