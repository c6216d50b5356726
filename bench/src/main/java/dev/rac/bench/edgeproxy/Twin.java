package dev.rac.bench.edgeproxy;

import dev.rac.bench.process.Pause;
import dev.rac.bench.process.ProcessException;
import dev.rac.bench.stack.Docker;
import dev.rac.bench.stack.EngineApi;
import dev.rac.bench.stack.Stopwatch;
import dev.rac.service.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A container like the one of an app, which RAC knows nothing of: what the engine alone takes for it. */
final class Twin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(1);
    private static final int CONNECT_TIMEOUT_MILLIS = 1000;

    private final String id;
    private final String network;

    /** Creates it: the same image, command, limits and network. */
    static Twin of(String container) {
        JsonNode original = inspect(container);
        var config = (ObjectNode) original.path("Config");
        config.putObject("Labels").put(Docker.BENCH_LABEL, "");
        config.set("HostConfig", original.path("HostConfig"));
        JsonNode created = Json.MAPPER.readTree(EngineApi.call("POST", "/containers/create", config.toString()));
        return new Twin(
                created.path("Id").asString(),
                original.path("HostConfig").path("NetworkMode").asString());
    }

    private Twin(String id, String network) {
        this.id = id;
        this.network = network;
    }

    /** Starts it; gives the milliseconds until it accepts a connection. */
    double start() {
        var watch = new Stopwatch();
        call("start");
        var address = new InetSocketAddress(
                inspect(id)
                        .path("NetworkSettings")
                        .path("Networks")
                        .path(network)
                        .path("IPAddress")
                        .asString(),
                Docker.PORT);
        while (!accepts(address)) {
            if (watch.isOver(PATIENCE)) {
                throw new ProcessException("a container does not listen at " + address);
            }
            Pause.of(LOOK);
        }
        return watch.millis();
    }

    void pause() {
        call("pause");
    }

    /** Lets its processes go on; gives the milliseconds that it takes. */
    double unpause() {
        return Stopwatch.millis(() -> call("unpause"));
    }

    private void call(String what) {
        EngineApi.call("POST", "/containers/" + id + "/" + what, "");
    }

    private static boolean accepts(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static JsonNode inspect(String container) {
        return Json.MAPPER.readTree(EngineApi.call("GET", "/containers/" + container + "/json", ""));
    }

    @Override
    public void close() {
        EngineApi.call("DELETE", "/containers/" + id + "?force=1&v=1", "");
    }
}
