package dev.rac.edgeproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that does with each of its connections what the test says. */
final class RawProgram implements Program {
    /** What is done with a connection; it is closed afterwards. */
    interface Script {
        void serve(Socket socket, int connection) throws IOException;
    }

    private final Script script;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    RawProgram(Script script) {
        this.script = script;
    }

    /** How many connections have been made, those of probes among them. */
    int connections() {
        return connections.size();
    }

    @Override
    public Running start(InetSocketAddress address) throws IOException {
        var server = new ServerSocket(address.getPort(), 100, address.getAddress());
        Thread.startVirtualThread(() -> accept(server));
        return () -> close(server);
    }

    /** Reads a request's head; null where the connection ended before one. */
    static boolean readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            head.append((char) c);
        }
        return true;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                int number = connections.size();
                Thread.startVirtualThread(() -> serve(socket, number));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            script.serve(socket, number);
        } catch (SocketException e) {
            // The front door closed it.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close(ServerSocket server) {
        try {
            server.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
