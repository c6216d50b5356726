package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.route.RouteTable;
import dev.rac.edgeproxy.route.Service;
import dev.rac.edgeproxy.wake.AppGate;
import dev.rac.edgeproxy.wake.Traffic;
import dev.rac.edgeproxy.wake.Upstream;
import dev.rac.service.health.Health;
import dev.rac.service.http.ServerStartException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioWorker;
import org.xnio.ssl.XnioSsl;

/** The front door's HTTP server. Thread-safe. */
public final class FrontDoorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoorServer.class);

    /** How long requests in flight may go on once the front door is told to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For the refusals of those that were not answered in that time. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Activity activity;
    private final Arrivals arrivals;
    private final XnioWorker worker;
    private final Undertow undertow;
    private final String host;
    private final int port;

    private FrontDoorServer(Activity activity, Arrivals arrivals, XnioWorker worker, Undertow undertow, String host) {
        this.activity = activity;
        this.arrivals = arrivals;
        this.worker = worker;
        this.undertow = undertow;
        this.host = host;
        this.port = ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    /** Makes what holds the connections to apps' instances. */
    public static Upstream.Factory upstreams() {
        return endpoint -> new AppUpstream(endpoint, ServerOptions.IO_THREADS);
    }

    /**
     * Listens, and answers requests.
     *
     * @param services where each service is: scheme, host and port of {@code http} or {@code https} URLs
     * @param port the port, or 0 for any free one
     * @throws ServerStartException if the address cannot be bound
     */
    public static FrontDoorServer start(
            String host,
            int port,
            RouteTable<AppGate> routes,
            Map<Service, URI> services,
            Health health,
            MeterRegistry registry) {
        var activity = new Activity();
        Gauge.builder("rac_requests_in_flight", activity, Activity::inFlight)
                .description("Requests that came and are not answered yet, waiting ones and WebSockets among them")
                .register(registry);
        XnioWorker worker = ServerOptions.worker();
        var arrivals =
                new Arrivals(Optional.ofNullable(services.get(Service.NOTIFIER)).orElseThrow());
        var frontDoor = new FrontDoor(routes, upstreams(services, registry), new OwnPages(health), activity, arrivals);
        Undertow undertow = ServerOptions.server(worker)
                .addHttpListener(port, host, frontDoor)
                .build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            worker.shutdownNow();
            arrivals.close();
            throw new ServerStartException(host, port, rootCause(e));
        }
        return new FrontDoorServer(activity, arrivals, worker, undertow, host);
    }

    /** Where the front door is reached from the same machine. */
    public URI uri() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** Accepts no more connections, refuses new requests, and gives those in flight a few seconds. */
    public void drain() {
        drain(PATIENCE);
    }

    /** Ends every connection. */
    @Override
    public void close() {
        drain(LAST_WORDS);
        arrivals.close();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the front door's threads did not end in time");
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Duration patience) {
        undertow.stop();
        activity.close(patience);
    }

    private static Map<Service, ServiceUpstream> upstreams(Map<Service, URI> services, MeterRegistry registry) {
        var upstreams = new EnumMap<Service, ServiceUpstream>(Service.class);
        services.forEach((service, uri) -> upstreams.put(
                service,
                new ServiceUpstream(
                        service.title(),
                        new ConnectionPool(uri, ssl(uri), ServerOptions.IO_THREADS),
                        // No app can have this name: it is no DNS label.
                        new Traffic(registry, "@" + service.title()))));
        return upstreams;
    }

    private static @Nullable XnioSsl ssl(URI uri) {
        if (!"https".equals(uri.getScheme())) {
            return null;
        }
        try {
            return ServerOptions.clientSsl(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : rootCause(cause);
    }
}
