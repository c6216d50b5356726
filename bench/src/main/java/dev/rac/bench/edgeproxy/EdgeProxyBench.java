package dev.rac.bench.edgeproxy;

import dev.rac.bench.load.Server;
import dev.rac.bench.plan.ServiceBench;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.process.ServerProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How fast requests pass the front door, beside nginx and HAProxy; and how soon an app answers that does not run. */
public final class EdgeProxyBench implements ServiceBench {
    static final String NGINX = "nginx";
    static final String HAPROXY = "HAProxy";
    static final String RAC = "RAC";
    static final String MANY = "RAC, 10,000 routes";

    private static final int MANY_ROUTES = 10_000;
    private static final String NOWHERE = "http://127.0.0.1:9";

    @Override
    public String name() {
        return "edge-proxy";
    }

    @Override
    public String measure(Workplace place) {
        return Cold.measure(place) + warm(place);
    }

    private static String warm(Workplace place) {
        if (!Peers.installed()) {
            return "Forwarding was not measured: nginx and haproxy are to be installed first (Debian: nginx-light and"
                    + " haproxy).\n";
        }
        Path scratch = place.scratch();
        try (NativeServer origin = Peers.origin(scratch.resolve("origin"));
                NativeServer nginx = Peers.nginx(scratch.resolve("nginx"), origin);
                NativeServer haproxy = Peers.haproxy(scratch.resolve("haproxy"), origin);
                ServerProcess one = door(place, origin, 1);
                ServerProcess many = door(place, origin, MANY_ROUTES)) {
            var doors = new LinkedHashMap<String, Server>();
            doors.put(NGINX, nginx.server());
            doors.put(HAPROXY, haproxy.server());
            doors.put(RAC, one.server());
            doors.put(MANY, many.server());
            place.progress().now("edge-proxy: warm");
            return """
                    ## Forwarding

                    The same requests through each, to the same origin: an nginx with one worker that answers by \
                    itself. nginx forwards with two workers and HAProxy with two threads, both without a log and with \
                    kept connections to the origin. RAC is the front door as it is, with its counting and metrics. \
                    Origin, front door and load generator share the cores, in every column. Not measured yet: TLS, \
                    connections that are not kept, memory.

                    """ + new Warm(doors, place.effort()).measure();
        }
    }

    private static ServerProcess door(Workplace place, NativeServer origin, int routes) {
        var settings = Map.of(
                "RAC_PORT",
                "0",
                "RAC_DATA",
                place.scratch().resolve("door-" + routes).toString(),
                "RAC_REGISTRY_URL",
                NOWHERE,
                "RAC_AUTH_URL",
                NOWHERE,
                "RAC_NOTIFIER_URL",
                NOWHERE,
                "RAC_IDLE_TIMEOUT",
                "24h");
        return ServerProcess.start(
                List.of(FrontDoorProgram.class.getName(), Integer.toString(origin.port()), Integer.toString(routes)),
                settings,
                place.logs().resolve("bench-edge-proxy-" + routes + ".log"));
    }
}
