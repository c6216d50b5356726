package dev.rac.bench.registryauth;

import dev.rac.bench.load.Connection;
import dev.rac.bench.load.LoadException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One request, outside of all measuring. */
final class Once {
    private Once() {}

    /**
     * Sends a request.
     *
     * @return the answer's body
     * @throws LoadException if its status is another one than expected
     */
    static byte[] send(InetSocketAddress server, ByteBuffer request, int expected) {
        try (var connection = Connection.open(server)) {
            int status = connection.exchange(request);
            byte[] body = connection.body();
            if (status != expected) {
                throw new LoadException("an answer has the status " + status + " instead of " + expected + ": "
                        + new String(body, StandardCharsets.UTF_8));
            }
            return body;
        } catch (IOException e) {
            throw new LoadException("a request was not answered", e);
        }
    }

    static byte[] send(InetSocketAddress server, String request, int expected) {
        return send(server, ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)), expected);
    }
}
