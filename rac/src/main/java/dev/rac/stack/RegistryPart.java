package dev.rac.stack;

import dev.rac.service.secret.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** The registry of the local stack: its configuration file, its process, and the wait until it answers. */
final class RegistryPart {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int LOG_TAIL_LINES = 5;

    private RegistryPart() {}

    /**
     * Starts the registry and waits until it answers.
     *
     * @throws StackException if it ends or does not answer, with the last lines of its log
     */
    static RegistryProcess start(RegistryProgram program, RegistryConfig config, DataDirectory data, Lifecycle life) {
        Path file = data.directory("registry").resolve("config.yml");
        Path log = data.directory("log").resolve("registry.log");
        writePrivate(file, config.yaml());
        var process = life.started(RegistryProcess.start(program, file, log));
        awaitAnswer(URI.create("http://" + config.address() + "/v2/"), process);
        return process;
    }

    /**
     * Starts the registry again and waits until it answers.
     *
     * @throws StackException if it ends or does not answer, with the last lines of its log
     */
    static void restart(RegistryProcess process, String address) {
        process.restart();
        awaitAnswer(URI.create("http://" + address + "/v2/"), process);
    }

    /** What keeps the state of an upload from being forged; the same over restarts, so that uploads survive them. */
    static String httpSecret(DataDirectory data) {
        return SecretFile.readOrCreate(data.resolve("registry-secret"));
    }

    private static void writePrivate(Path file, String text) {
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path temporary = Files.createTempFile(file.getParent(), "config", ".tmp", ownerOnly);
            Files.writeString(temporary, text);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void awaitAnswer(URI url, RegistryProcess process) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (!answers(client, url)) {
                if (!process.isAlive()) {
                    throw new StackException("the registry ended at once; its log says:\n" + tail(process.log()));
                }
                if (System.nanoTime() > deadline) {
                    throw new StackException("the registry does not answer at " + url + " after " + START_TIMEOUT
                            + "; its log says:\n" + tail(process.log()));
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the registry started", e);
        }
    }

    // Without a token the registry's answer is 401: that is what a working one says.
    private static boolean answers(HttpClient client, URI url) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 401;
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) {
        try {
            var lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
