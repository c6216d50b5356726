package dev.rac.bench.stack;

import dev.rac.bench.process.ProcessException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The local engine's own API, where a client's start would be most of the time. */
public final class EngineApi {
    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    private EngineApi() {}

    static boolean listens() {
        return Files.exists(SOCKET);
    }

    /**
     * Calls it.
     *
     * @param body JSON, or nothing
     * @return the body of the answer
     * @throws ProcessException if the status of that is not 2xx
     */
    public static byte[] call(String method, String path, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        // Of this version, so that an answer is never in chunks.
        String head = method + " " + path + " HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + content.length + "\r\n\r\n";
        var answer = new ByteArrayOutputStream();
        try (var engine = SocketChannel.open(UnixDomainSocketAddress.of(SOCKET))) {
            send(engine, head.getBytes(StandardCharsets.US_ASCII));
            send(engine, content);
            var buffer = ByteBuffer.allocate(1 << 16);
            while (engine.read(buffer.clear()) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body(method + " " + path, answer.toByteArray());
    }

    private static void send(SocketChannel engine, byte[] bytes) throws IOException {
        var rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            engine.write(rest);
        }
    }

    private static byte[] body(String asked, byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0 || !text.matches("(?s)HTTP/1\\.[01] 2.*")) {
            throw new ProcessException("the engine answered " + asked + " with: " + text);
        }
        return text.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1);
    }
}
