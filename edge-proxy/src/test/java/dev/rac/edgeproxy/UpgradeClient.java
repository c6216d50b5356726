package dev.rac.edgeproxy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A bare connection that was upgraded. */
final class UpgradeClient implements AutoCloseable {
    private final Socket socket;
    private final RawHttp answer;

    /** Upgrades a connection through the front door. */
    static UpgradeClient open(TestDoor door, String app) throws IOException {
        return new UpgradeClient(door.connect(), door.host(app));
    }

    private UpgradeClient(Socket socket, String host) throws IOException {
        this.socket = socket;
        send(RawHttp.head(
                "GET /socket HTTP/1.1",
                "Host: " + host,
                "Connection: keep-alive, Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        answer = RawHttp.readHead(socket.getInputStream());
    }

    RawHttp answer() {
        return answer;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends a text and reads as many bytes back. */
    String echo(String text) throws IOException {
        send(text);
        return new String(socket.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
    }

    /** Whether the other side has ended the connection. */
    boolean isEnded() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
