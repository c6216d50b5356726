package dev.rac.edgeproxy.forward;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/** A connection being made, which is given up after a while. Runs on one I/O thread. */
final class ConnectAttempt implements ClientCallback<ClientConnection>, Runnable {
    /** The kernel alone would try for two minutes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI uri;
    private final ConnectionPool.Borrower borrower;
    private final XnioIoThread thread;
    private XnioExecutor.@Nullable Key timeout;
    private boolean over;

    ConnectAttempt(URI uri, ConnectionPool.Borrower borrower, XnioIoThread thread) {
        this.uri = uri;
        this.borrower = borrower;
        this.thread = thread;
    }

    void begin() {
        timeout = WorkerUtils.executeAfter(thread, this, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void completed(ClientConnection connection) {
        if (over) {
            IoUtils.safeClose(connection);
        } else {
            end();
            borrower.connected(connection, false);
        }
    }

    @Override
    public void failed(IOException e) {
        if (!over) {
            end();
            borrower.unreachable(e);
        }
    }

    /** The time is over. */
    @Override
    public void run() {
        failed(new SocketTimeoutException("no connection to " + uri + " within " + TIMEOUT.toSeconds() + " s"));
    }

    private void end() {
        over = true;
        if (timeout != null) {
            timeout.remove();
        }
    }
}
