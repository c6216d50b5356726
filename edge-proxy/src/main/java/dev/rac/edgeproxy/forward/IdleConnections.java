package dev.rac.edgeproxy.forward;

import io.undertow.client.ClientConnection;
import io.undertow.util.WorkerUtils;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;

/** One I/O thread's idle connections to one address. Used on that thread alone, but for {@link #closeAll()}. */
final class IdleConnections {
    /**
     * Shorter than what common servers keep an idle connection (Node.js: 5 s), so that a request is seldom sent on one
     * that is being closed.
     */
    private static final Duration KEPT = Duration.ofSeconds(4);

    private static final int MOST = 512;

    private record Idle(ClientConnection connection, long sinceNanos) {}

    private final XnioIoThread thread;
    private final ArrayDeque<Idle> connections = new ArrayDeque<>();
    private boolean sweeping;

    IdleConnections(XnioIoThread thread) {
        this.thread = thread;
    }

    /** The connection used last, for it is the least likely to have been closed. */
    @Nullable
    ClientConnection take() {
        for (Idle last = connections.pollLast(); last != null; last = connections.pollLast()) {
            if (last.connection().isOpen()) {
                return last.connection();
            }
        }
        return null;
    }

    void add(ClientConnection connection) {
        if (connections.size() >= MOST) {
            IoUtils.safeClose(connections.removeFirst().connection());
        }
        connections.addLast(new Idle(connection, System.nanoTime()));
        sweepLater();
    }

    /** Closes all, on their own thread. */
    void closeAll() {
        thread.execute(() -> {
            connections.forEach(idle -> IoUtils.safeClose(idle.connection()));
            connections.clear();
        });
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            WorkerUtils.executeAfter(thread, this::sweep, KEPT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long nowNanos = System.nanoTime();
        while (!connections.isEmpty() && nowNanos - connections.peekFirst().sinceNanos() >= KEPT.toNanos()) {
            IoUtils.safeClose(connections.removeFirst().connection());
        }
        if (!connections.isEmpty()) {
            sweepLater();
        }
    }
}
