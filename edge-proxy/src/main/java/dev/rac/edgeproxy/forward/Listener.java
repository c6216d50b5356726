package dev.rac.edgeproxy.forward;

import dev.rac.service.http.ServerStartException;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.xnio.XnioWorker;

/** An open port of the front door. */
final class Listener {
    private final Undertow undertow;
    private final int port;

    /**
     * Listens for HTTP/1.
     *
     * @param port the port, or 0 for any free one
     * @throws ServerStartException if the address cannot be bound
     */
    static Listener http(XnioWorker worker, String host, int port, HttpHandler handler) {
        return start(
                worker,
                host,
                port,
                new Undertow.ListenerBuilder()
                        .setType(Undertow.ListenerType.HTTP)
                        .setRootHandler(handler));
    }

    /**
     * Listens for HTTP/2 and HTTP/1 in TLS; the client chooses by ALPN.
     *
     * @param port the port, or 0 for any free one
     * @throws ServerStartException if the address cannot be bound
     */
    static Listener https(XnioWorker worker, String host, int port, SSLContext context, HttpHandler handler) {
        return start(
                worker,
                host,
                port,
                new Undertow.ListenerBuilder()
                        .setType(Undertow.ListenerType.HTTPS)
                        .setSslContext(context)
                        .setHttp2Enabled(true)
                        .setRootHandler(handler));
    }

    private static Listener start(XnioWorker worker, String host, int port, Undertow.ListenerBuilder listener) {
        Undertow undertow = ServerOptions.server(worker)
                .addListener(listener.setHost(host).setPort(port))
                .build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            throw new ServerStartException(host, port, rootCause(e));
        }
        return new Listener(undertow);
    }

    private Listener(Undertow undertow) {
        this.undertow = undertow;
        this.port = ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    int port() {
        return port;
    }

    /** Accepts no more connections; those that there are stay. */
    void stop() {
        undertow.stop();
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : rootCause(cause);
    }
}
