package dev.rac.stack;

import dev.rac.service.http.ServerStartException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports that nothing listens on, as far as that can be told before listening. */
final class FreePort {
    private FreePort() {}

    /** {@code host:port} with a port that is free now. */
    static String on(String host) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, 0));
            return host + ":" + socket.getLocalPort();
        } catch (IOException e) {
            throw new StackException("no free port on " + host + ": " + e.getMessage(), e);
        }
    }

    /**
     * Tries a port before anything is started, so that a second stack does not disturb the first.
     *
     * @throws ServerStartException if it is in use
     */
    static void check(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new ServerStartException(host, port, e);
        }
    }
}
