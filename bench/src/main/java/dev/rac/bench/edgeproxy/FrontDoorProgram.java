package dev.rac.bench.edgeproxy;

import dev.rac.edgeproxy.EdgeProxy;
import dev.rac.edgeproxy.EdgeProxySettings;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import dev.rac.targets.Endpoint;
import java.util.concurrent.CountDownLatch;

/** The front door as it is, before an origin that is named by its port, and with so many routes. */
final class FrontDoorProgram {
    private FrontDoorProgram() {}

    public static void main(String[] args) throws InterruptedException {
        var environment = new Environment(System.getenv());
        EdgeProxySettings settings = EdgeProxySettings.read(environment);
        environment.check();
        var origin = new Endpoint("origin", "127.0.0.1", Integer.parseInt(args[0]));
        try (var metrics = new Metrics();
                var door = EdgeProxy.start(settings, new FixedTarget(origin, Integer.parseInt(args[1])), metrics)) {
            System.out.println("ready: " + door.uri());
            new CountDownLatch(1).await();
        }
    }
}
