package dev.rac.edgeproxy.forward;

import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.XnioIoThread;
import org.xnio.ssl.XnioSsl;

/**
 * The kept-alive connections to one address. Each I/O thread has its own, and uses no other's: no locks, and an answer
 * never changes threads.
 *
 * <p>{@link #borrow} and {@link #giveBack} are called on the exchange's I/O thread; {@link #close()} on any.
 */
class ConnectionPool {
    private static final OptionMap OPTIONS = OptionMap.create(Options.TCP_NODELAY, true, Options.KEEP_ALIVE, true);

    private final URI uri;
    private final @Nullable XnioSsl ssl;
    private final AtomicReferenceArray<@Nullable IdleConnections> idle;
    private volatile boolean closed;

    /**
     * Makes an empty pool.
     *
     * @param uri {@code http} or {@code https}, host and port
     * @param ioThreads how many I/O threads there are
     */
    ConnectionPool(URI uri, @Nullable XnioSsl ssl, int ioThreads) {
        this.uri = uri;
        this.ssl = ssl;
        this.idle = new AtomicReferenceArray<>(ioThreads);
    }

    /**
     * Gets a connection, an idle one or a new one.
     *
     * @param fresh whether it must be new
     */
    void borrow(HttpServerExchange exchange, boolean fresh, Borrower borrower) {
        XnioIoThread thread = exchange.getIoThread();
        if (!fresh) {
            IdleConnections mine = idle.get(thread.getNumber());
            ClientConnection connection = mine == null ? null : mine.take();
            if (connection != null) {
                borrower.connected(connection, true);
                return;
            }
        }
        var attempt = new ConnectAttempt(uri, borrower, thread);
        attempt.begin();
        UndertowClient.getInstance()
                .connect(
                        attempt,
                        null,
                        uri,
                        thread,
                        ssl,
                        exchange.getConnection().getByteBufferPool(),
                        OPTIONS);
    }

    /** Takes back a connection whose request is over. */
    void giveBack(ClientConnection connection) {
        if (closed || !connection.isOpen() || connection.isUpgraded()) {
            if (!connection.isUpgraded()) {
                IoUtils.safeClose(connection);
            }
            return;
        }
        mine(connection.getIoThread()).add(connection);
        if (closed) {
            close();
        }
    }

    /** Ends the idle connections; the others when their request is over. */
    public void close() {
        closed = true;
        for (int i = 0; i < idle.length(); i++) {
            IdleConnections connections = idle.get(i);
            if (connections != null) {
                connections.closeAll();
            }
        }
    }

    private IdleConnections mine(XnioIoThread thread) {
        IdleConnections connections = idle.get(thread.getNumber());
        if (connections == null) {
            connections = new IdleConnections(thread);
            idle.set(thread.getNumber(), connections);
        }
        return connections;
    }

    /** Who asked for a connection; one of the methods is called once, on the exchange's I/O thread. */
    interface Borrower {
        /**
         * There is a connection.
         *
         * @param reused whether it has served requests before
         */
        void connected(ClientConnection connection, boolean reused);

        void unreachable(IOException cause);
    }
}
