package dev.rac.bench.edgeproxy;

import dev.rac.bench.load.Server;
import dev.rac.bench.process.Pause;
import dev.rac.bench.process.ProcessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A server that is no Java program, with all its processes. Thread-safe. */
final class NativeServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(10);

    private final Process process;
    private final int port;

    /**
     * Starts a program that listens on a port of this machine alone.
     *
     * @param log where its output goes
     * @throws ProcessException if it does not listen in time
     */
    static NativeServer start(List<String> command, int port, Path log) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            var server = new NativeServer(process, port);
            server.await(command, log);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private NativeServer(Process process, int port) {
        this.process = process;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-server"));
    }

    private void await(List<String> command, Path log) {
        long end = System.nanoTime() + START.toNanos();
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new ProcessException(command.getFirst() + " does not listen: see " + log);
            }
            Pause.of(Duration.ofMillis(50));
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** What load is sent to. */
    Server server() {
        return new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), this::cpuTime);
    }

    private Duration cpuTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
