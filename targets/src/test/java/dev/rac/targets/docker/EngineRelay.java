package dev.rac.targets.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between an adapter and the engine, so that a test can cut the line without harm to anybody else. */
public final class EngineRelay implements AutoCloseable {
    private final URI engine;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    private volatile boolean stalled;
    private ServerSocketChannel server;
    private final int port;

    public EngineRelay(URI engine) throws IOException {
        this.engine = engine;
        server = listen(0);
        port = ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Where the adapter finds the engine. */
    public URI address() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    /** Ends all connections and refuses new ones. */
    public void cut() throws IOException {
        server.close();
        for (SocketChannel connection : open) {
            connection.close();
        }
        open.clear();
    }

    /** Takes connections again. */
    public void restore() throws IOException {
        server = listen(port);
    }

    /** From now on takes connections and requests, but says nothing. */
    public void stall() {
        stalled = true;
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private ServerSocketChannel listen(int onPort) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
        Thread.ofVirtual().start(() -> accept(listening));
        return listening;
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (true) {
                SocketChannel client = listening.accept();
                SocketChannel upstream = connect();
                open.addAll(List.of(client, upstream));
                Thread.ofVirtual().start(() -> copy(client, upstream));
                Thread.ofVirtual().start(() -> copy(upstream, client));
            }
        } catch (IOException e) {
            if (listening.isOpen()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private SocketChannel connect() throws IOException {
        boolean local = "unix".equals(engine.getScheme());
        SocketAddress address = local
                ? UnixDomainSocketAddress.of(engine.getPath())
                : new InetSocketAddress(engine.getHost(), engine.getPort());
        SocketChannel channel = local ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        channel.connect(address);
        return channel;
    }

    private void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(16 * 1024);
        try (from;
                to) {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining() && !stalled) {
                    to.write(buffer);
                }
            }
        } catch (IOException cut) {
            // Both sides are closed, which is all that is wanted.
        }
    }
}
