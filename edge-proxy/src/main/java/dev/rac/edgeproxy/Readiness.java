package dev.rac.edgeproxy;

import dev.rac.edgeproxy.route.Service;
import dev.rac.service.health.Health;
import dev.rac.targets.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Whether what the front door leads to is there. */
final class Readiness {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private Readiness() {}

    static Health of(Target target, Map<Service, URI> services) {
        var health = new Health().check("target", target::problem);
        services.forEach((service, uri) -> health.check(service.title(), () -> accepts(uri)));
        return health;
    }

    private static Optional<String> accepts(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), port), (int) TIMEOUT.toMillis());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no connection to " + uri + ": " + e.getMessage());
        }
    }
}
