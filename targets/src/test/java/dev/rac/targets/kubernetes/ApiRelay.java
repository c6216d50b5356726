package dev.rac.targets.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Stands between an adapter and the API server, so that a test can cut the line without harm to anybody else. */
final class ApiRelay implements AutoCloseable {
    private final URI server;
    private final List<Socket> open = new ArrayList<>();
    private ServerSocket listening;

    ApiRelay(URI server) throws IOException {
        this.server = server;
        listening = listen(0);
    }

    String url() {
        return "https://127.0.0.1:" + listening.getLocalPort();
    }

    /** Ends all connections and refuses new ones. */
    synchronized void cut() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    void restore() throws IOException {
        listening = listen(listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket accepting) {
        try {
            while (true) {
                Socket client = accepting.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                if (keep(accepting, client, upstream)) {
                    Thread.ofVirtual().start(() -> copy(client, upstream));
                    Thread.ofVirtual().start(() -> copy(upstream, client));
                }
            }
        } catch (IOException e) {
            if (!accepting.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether the line was not cut while the connection was made; else it is closed. */
    private synchronized boolean keep(ServerSocket accepting, Socket client, Socket upstream) throws IOException {
        if (accepting.isClosed()) {
            client.close();
            upstream.close();
            return false;
        }
        return open.addAll(List.of(client, upstream));
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // Both sides are closed, which is all that is wanted.
        }
    }
}
