package dev.rac.edgeproxy.forward;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Notices that the client of a request goes away, by reading where nothing but the end or the next request can come.
 * Not for requests with a body, whose reading is left to their app, nor for those that become another protocol. Used on
 * the connection's I/O thread.
 */
final class ClientWatch {
    private final HttpServerConnection connection;
    private final ConduitStreamSourceChannel source;

    private ClientWatch(HttpServerConnection connection) {
        this.connection = connection;
        this.source = connection.getChannel().getSourceChannel();
    }

    /** Watches the exchange's client, where that is possible; its connection is closed when it has gone. */
    static @Nullable ClientWatch begin(HttpServerExchange exchange) {
        if (!exchange.isRequestComplete()
                || exchange.getRequestHeaders().contains(Headers.UPGRADE)
                || !(exchange.getConnection() instanceof HttpServerConnection connection)
                || connection.getExtraBytes() != null) {
            return null;
        }
        var watch = new ClientWatch(connection);
        watch.source.setReadListener(channel -> watch.readable());
        watch.source.resumeReads();
        return watch;
    }

    void end() {
        source.suspendReads();
        source.setReadListener(null);
    }

    private void readable() {
        PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
        boolean keep = false;
        try {
            int read = source.read(pooled.getBuffer());
            if (read > 0) {
                pooled.getBuffer().flip();
                connection.ungetRequestBytes(pooled);
                keep = true;
                end();
            } else if (read < 0) {
                end();
                IoUtils.safeClose(connection);
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        } finally {
            if (!keep) {
                pooled.close();
            }
        }
    }
}
