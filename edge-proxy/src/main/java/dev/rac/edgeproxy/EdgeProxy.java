package dev.rac.edgeproxy;

import dev.rac.edgeproxy.accesslog.AccessLog;
import dev.rac.edgeproxy.forward.FrontDoorServer;
import dev.rac.edgeproxy.forward.Https;
import dev.rac.edgeproxy.route.RouteTable;
import dev.rac.edgeproxy.route.Service;
import dev.rac.edgeproxy.tls.SecureEntrance;
import dev.rac.edgeproxy.wake.AppGate;
import dev.rac.edgeproxy.wake.Apps;
import dev.rac.edgeproxy.wake.WakeBudget;
import dev.rac.edgeproxy.wake.WakeSettings;
import dev.rac.service.health.Health;
import dev.rac.service.http.ApiServer;
import dev.rac.service.metrics.Metrics;
import dev.rac.targets.Target;
import io.undertow.server.HttpHandler;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The front door, running. Thread-safe. */
public final class EdgeProxy implements AutoCloseable {
    private final Apps apps;
    private final FrontDoorServer server;
    private final ApiServer operations;
    private final Optional<AccessLog> log;

    /**
     * Starts it: it knows every app of the target before it listens.
     *
     * @param target where the apps run; the caller closes it, after this
     * @param metrics stay open when it is closed
     * @throws dev.rac.service.http.ServerStartException if it cannot listen
     * @throws dev.rac.certs.CertificatesException if the certificate for HTTPS cannot be read or made
     */
    public static EdgeProxy start(EdgeProxySettings settings, Target target, Metrics metrics) {
        var routes = new RouteTable<AppGate>(settings.domain());
        Map<Service, URI> services = Map.of(
                Service.REGISTRY, settings.registry(),
                Service.AUTH, settings.auth(),
                Service.NOTIFIER, settings.notifier());
        Health health = Readiness.of(target, services);
        var opened = new Opened();
        try {
            Optional<Https> https =
                    settings.tlsPort().map(port -> SecureEntrance.open(port, settings.domain(), settings.data()));
            var waking = new WakeSettings(
                    settings.limits(), settings.idleTimeout(), settings.freezeTimeout(), settings.freezeMemoryBytes());
            var apps = opened.add(Apps.follow(target, routes, waking, FrontDoorServer.upstreams(), metrics.registry()));
            Optional<AccessLog> log = settings.accessLog()
                    .map(file -> opened.add(AccessLog.open(file, Clock.systemUTC(), metrics.registry())));
            UnaryOperator<HttpHandler> around =
                    handler -> log.map(open -> open.around(handler)).orElse(handler);
            var budget = new WakeBudget(settings.wakesPerMinute(), System::nanoTime);
            var server = opened.add(FrontDoorServer.start(
                    settings.bind(),
                    settings.port(),
                    https,
                    routes,
                    services,
                    budget,
                    around,
                    health,
                    metrics.registry()));
            var operations = opened.add(
                    ApiServer.start(settings.metricsBind(), settings.metricsPort(), health, metrics, routing -> {}));
            return new EdgeProxy(apps, server, operations, log);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private EdgeProxy(Apps apps, FrontDoorServer server, ApiServer operations, Optional<AccessLog> log) {
        this.apps = apps;
        this.server = server;
        this.operations = operations;
        this.log = log;
    }

    /** Where the front door is reached from the same machine. */
    public URI uri() {
        return server.uri();
    }

    /** Where it is reached by HTTPS from the same machine, if it is. */
    public Optional<URI> secureUri() {
        return server.secureUri();
    }

    /** Where {@code /metrics}, {@code /healthz} and {@code /readyz} with their reasons are. */
    public URI operationsUri() {
        return operations.uri();
    }

    /**
     * Puts every app to sleep that runs, for the end of a stack whose apps are nobody else's. Requests in flight are
     * given a few seconds first; none is accepted any more. May be called before {@link #close()} or after it, while
     * the target is open.
     *
     * @param timeout how long to wait for the target
     * @return whether all sleep
     */
    public boolean sleepAll(Duration timeout) {
        server.drain();
        return apps.sleepAll(timeout);
    }

    /** Accepts no more requests, gives those in flight a few seconds, and ends. The apps go on as they are. */
    @Override
    public void close() {
        operations.close();
        server.drain();
        apps.close();
        server.close();
        log.ifPresent(AccessLog::close);
    }
}
