package dev.rac.edgeproxy.forward;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.WorkerUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A request for one of the services behind the front door's own host. */
final class ServiceForwarding extends Forwarding {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServiceUpstream service;
    private boolean waits;
    private long waitsSinceNanos;

    ServiceForwarding(HttpServerExchange exchange, ServiceUpstream service, Activity activity) {
        super(exchange, activity);
        this.service = service;
    }

    @Override
    protected void begin() {
        borrow(service.pool());
    }

    @Override
    protected void unreachable(ConnectionPool from) {
        if (!waits) {
            waits = true;
            waitsSinceNanos = System.nanoTime();
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - waitsSinceNanos);
        if (waited.compareTo(service.patience()) < 0 && !activity.isClosing()) {
            WorkerUtils.executeAfter(exchange.getIoThread(), this::tryAgain, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        ErrorPage.unavailable(service.title() + " does not answer; it may be starting", RETRY_AFTER)
                .send(exchange);
    }

    private void tryAgain() {
        if (!isOver()) {
            borrow(service.pool());
        }
    }

    @Override
    protected ErrorPage brokenOff() {
        return ErrorPage.badGateway(service.title() + " broke off the connection before it answered");
    }

    @Override
    protected void answered(int status) {
        service.traffic().count(status);
    }

    @Override
    protected void ended() {
        // No service is put to sleep: nobody counts its open connections.
    }
}
