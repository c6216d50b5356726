package dev.rac.targets;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Distribution registry on a free port of 127.0.0.1, with its files in a temporary folder and one user. */
public final class TestRegistry implements AutoCloseable {
    private static final String USER = "puller";
    private static final String PASSWORD = "pull-secret";
    private static final String PASSWORD_HASH = "$2b$04$cNLeU9FwAYyyniQkPhD/8.7qtq1AqZbsbsdrcwG.FTUD.5.IdLQnO";

    // The registry ends when the shell's input does: also when the test's process is killed.
    private static final String END_WITH_INPUT = """
            "$@" < /dev/null & registry=$!; cat > /dev/null; kill $registry; wait $registry""";

    private final Process process;
    private final Path folder;
    private final int port;

    private TestRegistry(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one; the tests that want it are skipped, and say so, where the program is missing. */
    public static TestRegistry start() {
        Optional<Path> program = Commands.find("docker-registry", "registry");
        assumeTrue(program.isPresent(), "neither docker-registry nor registry is installed");
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory("rac-test-registry");
            Path configuration = configure(folder, port);
            var builder = new ProcessBuilder(
                            "sh",
                            "-c",
                            END_WITH_INPUT,
                            "registry",
                            program.orElseThrow().toString(),
                            "serve",
                            configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().remove("AWS_CA_BUNDLE");
            var registry = new TestRegistry(builder.start(), folder, port);
            registry.awaitAnswer();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The registry's name in image references: {@code localhost:<port>}. */
    public String host() {
        return "localhost:" + port;
    }

    public PullCredential credential() {
        return new PullCredential(host(), USER, PASSWORD);
    }

    public PullCredential wrongCredential() {
        return new PullCredential(host(), USER, "not-" + PASSWORD);
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the registry in " + folder + " does not end");
            }
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path configure(Path folder, int port) throws IOException {
        Path users = Files.writeString(folder.resolve("htpasswd"), USER + ":" + PASSWORD_HASH + "\n");
        return Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: warn}
                storage:
                  filesystem: {rootdirectory: %s}
                http: {addr: "127.0.0.1:%d", secret: test}
                auth:
                  htpasswd: {realm: test, path: %s}
                """.formatted(folder.resolve("storage"), port, users));
    }

    private void awaitAnswer() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/"))
                    .build();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 401;
            });
        }
    }
}
