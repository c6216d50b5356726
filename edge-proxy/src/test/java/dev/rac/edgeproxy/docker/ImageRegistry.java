package dev.rac.edgeproxy.docker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry that asks for no credential, and small images in it that are built from scratch. */
final class ImageRegistry implements AutoCloseable {
    /** What every image's server listens on. */
    static final int PORT = 8080;

    private static final Pattern DIGEST = Pattern.compile("digest: (sha256:[0-9a-f]{64})");

    // The registry ends when the shell's input does: also when the test's process is killed.
    private static final String END_WITH_INPUT = """
            "$@" < /dev/null & registry=$!; cat > /dev/null; kill $registry; wait $registry""";

    private final Path folder;
    private final int port;
    private final Process process;

    /**
     * An image in the registry.
     *
     * @param reference what an engine pulls, by digest
     */
    record Image(String repository, String digest, String reference) {}

    ImageRegistry(Path program) throws IOException {
        folder = Files.createTempDirectory("rac-edge-proxy-registry");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path configuration =
                Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("blobs"), port));
        process = new ProcessBuilder(
                        "sh", "-c", END_WITH_INPUT, "registry", program.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).until(this::accepts);
    }

    String host() {
        return "localhost:" + port;
    }

    /** Builds and pushes an image whose start script is {@code script}, run by busybox's shell. */
    Image image(Path busybox, String script) throws IOException {
        String repository = "edge-proxy-test/" + UUID.randomUUID();
        String tag = host() + "/" + repository + ":latest";
        Path context = Files.createDirectories(folder.resolve("context-" + UUID.randomUUID()));
        Files.copy(busybox, context.resolve("busybox"));
        Files.writeString(context.resolve("start"), script);
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY start /start
                CMD ["/bin/busybox", "sh", "/start"]
                """);
        Command.run("docker", "build", "-q", "--no-cache", "--force-rm", "-t", tag, context.toString());
        Matcher digest = DIGEST.matcher(Command.run("docker", "push", tag));
        Command.run("docker", "rmi", tag);
        if (!digest.find()) {
            throw new IllegalStateException("docker push named no digest");
        }
        return new Image(repository, digest.group(1), host() + "/" + repository + "@" + digest.group(1));
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            process.getOutputStream().close();
            process.waitFor();
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean accepts() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
