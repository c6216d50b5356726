package dev.rac.bench.stack;

import dev.rac.bench.process.ProcessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The docker client, and what is built and asked with it. */
public final class Docker {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    /** Of containers that are not the stack's own. */
    public static final String BENCH_LABEL = "dev.rac.bench";

    /** What a web server of busybox runs. */
    public static final List<String> SERVER = List.of("/bin/busybox", "httpd", "-f", "-p", "8000", "-h", "/www");

    /** Where it listens. */
    public static final int PORT = 8000;

    private Docker() {}

    /** What an image's configuration says of that server. */
    public static Map<String, ?> serverSettings(Map<String, String> labels) {
        return Map.of(
                "Cmd",
                SERVER,
                "ExposedPorts",
                Map.of(PORT + "/tcp", Map.of()),
                "StopSignal",
                "SIGKILL",
                "Labels",
                labels);
    }

    public static boolean works() {
        try {
            run("version");
            return EngineApi.listens() && Files.isExecutable(BUSYBOX);
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
    public static String run(String... arguments) {
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
    public static void build(String reference, String text, Path scratch) {
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

    public static byte[] busyboxLayer() {
        try {
            return Tar.of(Map.of("bin/busybox", Files.readAllBytes(BUSYBOX)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the engine to list all containers of a namespace, with everything that a listing says; gives its length. */
    public static int list(String namespace) {
        String filter = "%7B%22label%22%3A%5B%22dev.rac.namespace%3D" + namespace + "%22%5D%7D";
        return EngineApi.call("GET", "/containers/json?all=1&filters=" + filter, "").length;
    }
}
