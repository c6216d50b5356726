package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.route.RouteTable;
import dev.rac.edgeproxy.route.Service;
import dev.rac.edgeproxy.wake.AppGate;
import dev.rac.edgeproxy.wake.Traffic;
import dev.rac.edgeproxy.wake.Upstream;
import dev.rac.edgeproxy.wake.WakeBudget;
import dev.rac.service.health.Health;
import dev.rac.service.http.ServerStartException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpHandler;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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
    private static final Duration REGISTRY_RESTART = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For the refusals of those that were not answered in that time. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Activity activity;
    private final Arrivals arrivals;
    private final XnioWorker worker;
    private final String host;
    private final Listener http;
    private final Optional<Listener> https;

    private FrontDoorServer(
            Activity activity,
            Arrivals arrivals,
            XnioWorker worker,
            String host,
            Listener http,
            Optional<Listener> https) {
        this.activity = activity;
        this.arrivals = arrivals;
        this.worker = worker;
        this.host = host;
        this.http = http;
        this.https = https;
    }

    /** Makes what holds the connections to apps' instances. */
    public static Upstream.Factory upstreams() {
        return endpoint -> new AppUpstream(endpoint, ServerOptions.IO_THREADS);
    }

    /**
     * Listens, and answers requests.
     *
     * @param services where each service is: the scheme, host and port of its URL
     * @param port the port, or 0 for any free one
     * @param budget how many starts one client may cause
     * @param around what every request passes first, also one that is redirected or refused
     * @throws ServerStartException if an address cannot be bound
     */
    public static FrontDoorServer start(
            String host,
            int port,
            Optional<Https> https,
            RouteTable<AppGate> routes,
            Map<Service, URI> services,
            WakeBudget budget,
            UnaryOperator<HttpHandler> around,
            Health health,
            MeterRegistry registry) {
        var activity = new Activity();
        Gauge.builder("rac_requests_in_flight", activity, Activity::inFlight)
                .description("Requests that came and are not answered yet, waiting ones among them")
                .register(registry);
        XnioWorker worker = ServerOptions.worker();
        var arrivals =
                new Arrivals(Optional.ofNullable(services.get(Service.NOTIFIER)).orElseThrow());
        var frontDoor =
                new FrontDoor(routes, upstreams(services, registry), new OwnPages(health), budget, activity, arrivals);
        try {
            Optional<Listener> tls = https.map(
                    secure -> Listener.https(worker, host, secure.port(), secure.context(), around.apply(frontDoor)));
            HttpHandler plain = around.apply(https.flatMap(
                            secure -> tls.map(listener -> secure.redirect().before(frontDoor, listener.port())))
                    .orElse(frontDoor));
            return new FrontDoorServer(activity, arrivals, worker, host, Listener.http(worker, host, port, plain), tls);
        } catch (RuntimeException e) {
            worker.shutdownNow();
            arrivals.close();
            throw e;
        }
    }

    /** Where the front door is reached from the same machine. */
    public URI uri() {
        return uri("http", http);
    }

    /** Where it is reached by HTTPS, if it is. */
    public Optional<URI> secureUri() {
        return https.map(listener -> uri("https", listener));
    }

    private URI uri(String scheme, Listener listener) {
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listener.port());
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
        http.stop();
        https.ifPresent(Listener::stop);
        activity.close(patience);
    }

    private static Map<Service, ServiceUpstream> upstreams(Map<Service, URI> services, MeterRegistry registry) {
        var upstreams = new EnumMap<Service, ServiceUpstream>(Service.class);
        services.forEach((service, uri) -> upstreams.put(
                service,
                new ServiceUpstream(
                        service.title(),
                        // The registry reads its certificates only when it starts.
                        service == Service.REGISTRY ? REGISTRY_RESTART : Duration.ZERO,
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
}
