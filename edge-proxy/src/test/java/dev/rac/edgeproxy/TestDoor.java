package dev.rac.edgeproxy;

import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import dev.rac.targets.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running front door on free ports, with the services behind it and a {@link LocalTarget}, unless it is given another. */
public final class TestDoor implements AutoCloseable {
    static {
        // Tests ask for many hosts at one address. Read when the client's classes are loaded, so not later than here.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection,expect,upgrade");
    }

    public final LocalTarget target = new LocalTarget();
    public final EdgeProxy proxy;
    public final WebProgram services = new WebProgram("services");
    private final Program.Running runningServices;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A front door in front of a target of its own, with some settings other than the defaults. */
    public static TestDoor open(Map<String, String> settings) throws IOException {
        return new TestDoor(Optional.empty(), settings);
    }

    /** A front door in front of a target that others use too. */
    public static TestDoor before(Target target, Map<String, String> settings) throws IOException {
        return new TestDoor(Optional.of(target), settings);
    }

    private TestDoor(Optional<Target> other, Map<String, String> settings) throws IOException {
        int port = freePort();
        this.runningServices = services.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var environment = new HashMap<String, String>();
        String url = "http://127.0.0.1:" + port;
        environment.put("RAC_PORT", "0");
        environment.put("RAC_REGISTRY_URL", url);
        environment.put("RAC_AUTH_URL", url);
        environment.put("RAC_NOTIFIER_URL", url);
        environment.putAll(settings);
        var reader = new Environment(environment);
        EdgeProxySettings read = EdgeProxySettings.read(reader);
        reader.check();
        this.proxy = EdgeProxy.start(read, other.orElse(target), new Metrics());
    }

    /** The {@code Host} header for an app; the empty name is the front door itself. */
    public String host(String app) {
        return (app.isEmpty() ? "" : app + ".") + "localhost:" + port();
    }

    public int port() {
        return proxy.uri().getPort();
    }

    public HttpResponse<String> get(String app, String path) throws IOException, InterruptedException {
        return client.send(request(app, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    public CompletableFuture<HttpResponse<String>> getLater(String app, String path) {
        return client.sendAsync(request(app, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request, handler);
    }

    /** A request to be completed. */
    public HttpRequest.Builder request(String app, String path) {
        return HttpRequest.newBuilder(URI.create(proxy.uri() + path))
                .header("Host", host(app))
                .timeout(Duration.ofSeconds(30));
    }

    /** A bare connection, for requests that no client would make. */
    public Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** The metrics, as Prometheus reads them. */
    public String metrics() throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(proxy.operationsUri() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        client.shutdownNow();
        proxy.close();
        runningServices.close();
        target.close();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
