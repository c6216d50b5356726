package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code rac up} from the runnable jar, as a process of its own. */
final class RunningStack {
    private static final Path JAR = Path.of("target", "rac.jar");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);

    private final Map<String, String> environment;
    private final Path output;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    /** Starts it, and returns when it is ready. */
    RunningStack(Path directory, String namespace, Map<String, String> settings) throws IOException {
        this(directory, namespace, freePort(), settings);
        awaitReady();
    }

    /** Starts it, and does not wait. */
    static Process begin(Path directory, String namespace, Map<String, String> settings) throws IOException {
        return new RunningStack(directory, namespace, freePort(), settings).process;
    }

    private RunningStack(Path directory, String namespace, int port, Map<String, String> settings) throws IOException {
        this.port = port;
        this.output = directory.resolve("rac.out");
        this.environment = new HashMap<>(settings);
        environment.put("RAC_PORT", String.valueOf(port));
        environment.put("RAC_DATA", directory.resolve("data").toString());
        environment.put("RAC_NAMESPACE", namespace);
        this.process = launch();
    }

    /** The registry's host with its port, as it stands in image references. */
    String registry() {
        return "localhost:" + port;
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** Ends the process in a way that it cannot take notice of. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    void startAgain() throws IOException {
        process = launch();
        awaitReady();
    }

    /** Opens the page of an app. */
    HttpResponse<String> open(String app) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("Host", app + ".localhost:" + port)
                .timeout(REQUEST_TIMEOUT)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Calls the API without credentials. */
    HttpResponse<String> call(String method, String path, String body) throws IOException, InterruptedException {
        return call(request(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Calls the API as a user. */
    HttpResponse<String> call(String user, String password, String method, String path, String body)
            throws IOException, InterruptedException {
        String credentials =
                Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return call(request(path)
                .header("Authorization", "Basic " + credentials)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What {@code GET /apps/<repository>} says, without credentials. */
    JsonNode app(String repository) throws IOException, InterruptedException {
        var answer = call("GET", "/apps/" + repository, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Host", registry())
                .header("Content-Type", "application/json")
                .timeout(REQUEST_TIMEOUT);
    }

    private HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Process launch() throws IOException {
        Files.deleteIfExists(output);
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var builder = new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        JAR.toString(),
                        "up"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void awaitReady() {
        Awaitility.await().atMost(START_TIMEOUT).untilAsserted(() -> {
            assertThat(process.isAlive() || output().contains("ready: "))
                    .as(output())
                    .isTrue();
            assertThat(output()).contains("ready: http://localhost:" + port);
        });
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Ends the process as Ctrl-C does. */
    void stop() throws InterruptedException {
        process.destroy();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        client.close();
        if (!ended) {
            process.destroyForcibly();
            throw new AssertionError("rac up did not end within 60 s of SIGTERM");
        }
    }
}
