package dev.rac.bench.stack;

import dev.rac.bench.plan.Workplace;
import dev.rac.bench.process.FreePort;
import dev.rac.bench.process.ProcessException;
import dev.rac.bench.process.ServerProcess;
import dev.rac.service.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The whole local stack on the local engine, in a process of its own. */
public final class Stack implements AutoCloseable {
    public static final String NAMESPACE = "rac-bench";

    private final ServerProcess process;
    private final int metricsPort;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Starts it.
     *
     * @param service whose benchmark it is for
     * @param settings besides those of every one
     */
    public static Stack start(Workplace place, String service, Map<String, String> settings) {
        int port = FreePort.find();
        int metrics = FreePort.find();
        var all = new HashMap<>(settings);
        all.putAll(Map.of(
                "RAC_PORT",
                Integer.toString(port),
                "RAC_METRICS_PORT",
                Integer.toString(metrics),
                "RAC_DATA",
                place.scratch().resolve("stack").toString(),
                "RAC_TARGET",
                "docker",
                "RAC_NAMESPACE",
                NAMESPACE));
        Path log = place.logs().resolve("bench-" + service + "-stack.log");
        return new Stack(ServerProcess.start(List.of("dev.rac.cli.Main", "up"), all, log), metrics);
    }

    private Stack(ServerProcess process, int metricsPort) {
        this.process = process;
        this.metricsPort = metricsPort;
    }

    public ServerProcess process() {
        return process;
    }

    /** {@code localhost:port}. */
    public String registry() {
        return "localhost:" + process.uri().getPort();
    }

    /** What the API says of a repository's app; of none, a problem. */
    public JsonNode app(String repository) {
        return Json.MAPPER.readTree(
                send(HttpRequest.newBuilder(URI.create("http://" + registry() + "/apps/" + repository)))
                        .body());
    }

    /** The status of an app's own page. Its host need not be one that this machine finds. */
    public int open(String app) {
        int port = process.uri().getPort();
        String request = "GET / HTTP/1.1\r\nHost: " + app + ".localhost:" + port + "\r\nConnection: close\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sums and counts of the comparisons that ended well: seconds, and how many.
     *
     * @param what {@code registry} for rounds over that, {@code target} for the looks in between
     */
    public double[] comparisons(String what) {
        String text = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")))
                .body();
        return new double[] {
            metric(text, "rac_reconcile_seconds_sum{outcome=\"done\",what=\"" + what + "\"} "),
            metric(text, "rac_reconcile_seconds_count{outcome=\"done\",what=\"" + what + "\"} ")
        };
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted");
        }
    }

    private static double metric(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.close();
        client.close();
        removeContainers("label=dev.rac.namespace=" + NAMESPACE);
        removeContainers("label=" + Docker.BENCH_LABEL);
        Docker.run("images", "-q", registry() + "/*/*")
                .lines()
                .distinct()
                .forEach(image -> Docker.run("rmi", "-f", image));
    }

    private static void removeContainers(String filter) {
        Docker.run("ps", "-aq", "--filter", filter).lines().forEach(container -> Docker.run("rm", "-f", container));
    }
}
