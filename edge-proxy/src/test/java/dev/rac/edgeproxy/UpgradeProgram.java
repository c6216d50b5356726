package dev.rac.edgeproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server that takes every upgrade and then echoes bytes, until the client ends or says {@code bye}. */
final class UpgradeProgram implements Program {
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** How many connections are open. */
    int connections() {
        return open.size();
    }

    @Override
    public Running start(InetSocketAddress address) throws IOException {
        var server = new ServerSocket(address.getPort(), 100, address.getAddress());
        Thread.startVirtualThread(() -> accept(server));
        return () -> {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        open.add(socket);
        try (socket) {
            var in = socket.getInputStream();
            var request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    return;
                }
                request.append((char) c);
            }
            String answer = RawHttp.head(
                    "HTTP/1.1 101 Switching Protocols",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            var buffer = new byte[8192];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                if (new String(buffer, 0, read, StandardCharsets.US_ASCII).equals("bye")) {
                    return;
                }
                socket.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The other side went away.
            return;
        } finally {
            open.remove(socket);
        }
    }
}
