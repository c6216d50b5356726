package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.route.OwnPaths;
import dev.rac.edgeproxy.route.OwnRoute;
import dev.rac.edgeproxy.route.Route;
import dev.rac.edgeproxy.route.RouteTable;
import dev.rac.edgeproxy.route.Service;
import dev.rac.edgeproxy.wake.AppGate;
import dev.rac.edgeproxy.wake.WakeBudget;
import dev.rac.targets.AppName;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where every request arrives. Its upstream comes from the route table alone: nothing that a request says can make the
 * front door connect to anything else.
 */
final class FrontDoor implements HttpHandler {
    private static final Duration SOON = Duration.ofSeconds(1);

    /** More than {@link Forwarding#repeatable} allows, which decides alone. */
    private static final int MAX_REPEATS = 10;

    private final RouteTable<AppGate> routes;
    private final Map<Service, ServiceUpstream> services;
    private final OwnPages pages;
    private final WakeBudget budget;
    private final Activity activity;
    private final Arrivals arrivals;
    private final ProxyHandler proxy = ProxyHandler.builder()
            .setProxyClient(new ForwardingClient())
            .setMaxConnectionRetries(MAX_REPEATS)
            .setIdempotentRequestPredicate(Forwarding::repeatable)
            .build();

    FrontDoor(
            RouteTable<AppGate> routes,
            Map<Service, ServiceUpstream> services,
            OwnPages pages,
            WakeBudget budget,
            Activity activity,
            Arrivals arrivals) {
        this.routes = routes;
        this.services = services;
        this.pages = pages;
        this.budget = budget;
        this.activity = activity;
        this.arrivals = arrivals;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String host = RequestTarget.host(exchange);
        String problem = host == null ? "a request names one host, once" : StrictRequest.problem(exchange);
        if (host == null || problem != null) {
            exchange.setPersistent(false);
            ErrorPage.badRequest(problem).send(exchange);
        } else if (activity.isClosing()) {
            exchange.setPersistent(false);
            ErrorPage.unavailable("the front door is about to end", SOON).send(exchange);
        } else {
            route(exchange, routes.find(host));
        }
    }

    private void route(HttpServerExchange exchange, Route<AppGate> route) throws Exception {
        switch (route) {
            case Route.ToApp<AppGate>(AppGate gate) ->
                forward(exchange, new AppForwarding(exchange, gate, budget, activity));
            case Route.OwnHost<AppGate> own -> own(exchange, OwnPaths.find(RequestTarget.path(exchange)));
            case Route.NoSuchApp<AppGate>(String name) -> noSuchApp(exchange, name);
            case Route.ForeignHost<AppGate>(String host) ->
                ErrorPage.notFound("nothing is served at the host \"" + host + "\"")
                        .send(exchange);
        }
    }

    private void noSuchApp(HttpServerExchange exchange, String name) throws Exception {
        var page = ErrorPage.notFound("there is no app \"" + name + "\": push an image of that name first");
        Optional<AppName> app = AppName.parse(name);
        if (app.isPresent()) {
            BooleanSupplier there = () -> app.flatMap(routes::get).isPresent();
            arrivals.await(exchange, name, there, this, page::send);
        } else {
            page.send(exchange);
        }
    }

    private void own(HttpServerExchange exchange, OwnRoute route) throws Exception {
        switch (route) {
            case OwnRoute.ToService(Service service) -> toService(exchange, service);
            case OwnRoute.Page page -> pages.send(exchange, page);
            case OwnRoute.NoSuchPath none ->
                ErrorPage.notFound("there is nothing at this path").send(exchange);
            case OwnRoute.AmbiguousPath ambiguous ->
                ErrorPage.badRequest("the path has a segment . or ..").send(exchange);
        }
    }

    private void toService(HttpServerExchange exchange, Service service) throws Exception {
        ServiceUpstream upstream = services.get(service);
        if (upstream == null) {
            throw new IllegalStateException("no upstream for " + service);
        }
        forward(exchange, new ServiceForwarding(exchange, upstream, activity));
    }

    private void forward(HttpServerExchange exchange, Forwarding forwarding) throws Exception {
        activity.begin();
        forwarding.attach();
        RequestHeaders.prepare(exchange);
        proxy.handleRequest(exchange);
    }
}
