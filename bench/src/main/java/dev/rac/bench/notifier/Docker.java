package dev.rac.bench.notifier;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The docker client, and the local engine's own API where a client's start would be most of the time. */
final class Docker {
    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    /** What a web server of busybox runs. */
    static final List<String> SERVER = List.of("/bin/busybox", "httpd", "-f", "-p", "8000", "-h", "/www");

    private Docker() {}

    static boolean works() {
        try {
            run("version");
            return Files.exists(SOCKET) && Files.isExecutable(BUSYBOX);
        } catch (ProcessException e) {
            return false;
        }
    }

    /**
     * Runs the client.
     *
     * @return what it prints
     * @throws ProcessException if it fails
     */
    static String run(String... arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(Map.of("DOCKER_BUILDKIT", "0"));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new ProcessException(String.join(" ", command) + ": " + output.strip());
            }
            return output.strip();
        } catch (IOException e) {
            throw new ProcessException("there is no docker client");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted");
        }
    }

    /** Builds a web server that answers with a text. */
    static void build(String reference, String text, Path scratch) {
        try {
            Path context = Files.createDirectories(scratch.resolve("image"));
            Files.write(context.resolve("busybox"), Files.readAllBytes(BUSYBOX));
            Files.writeString(context.resolve("index.html"), text);
            Files.writeString(context.resolve("Dockerfile"), """
                    FROM scratch
                    COPY busybox /bin/busybox
                    COPY index.html /www/
                    EXPOSE 8000
                    STOPSIGNAL SIGKILL
                    CMD ["%s"]
                    """.formatted(String.join("\", \"", SERVER)));
            if (!context.resolve("busybox").toFile().setExecutable(true)) {
                throw new ProcessException("cannot make busybox executable");
            }
            run("build", "--quiet", "--tag", reference, context.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] busyboxLayer() {
        try {
            return Tar.of(Map.of("bin/busybox", Files.readAllBytes(BUSYBOX)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the engine to list all containers of a namespace, with everything that a listing says; gives its length. */
    static int list(String namespace) {
        String filter = "%7B%22label%22%3A%5B%22dev.rac.namespace%3D" + namespace + "%22%5D%7D";
        String request = "GET /containers/json?all=1&filters=" + filter + " HTTP/1.0\r\nHost: docker\r\n\r\n";
        var answer = new ByteArrayOutputStream();
        try (var engine = SocketChannel.open(UnixDomainSocketAddress.of(SOCKET))) {
            engine.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            var buffer = ByteBuffer.allocate(1 << 16);
            while (engine.read(buffer.clear()) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!answer.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.0 200")
                && !answer.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200")) {
            throw new ProcessException("the engine does not list its containers");
        }
        return answer.size();
    }
}
