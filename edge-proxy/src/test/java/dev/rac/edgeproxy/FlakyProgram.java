package dev.rac.edgeproxy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server that listens before it works: its first requests are answered with 503. */
final class FlakyProgram implements Program {
    private final int failures;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    FlakyProgram(int failures) {
        this.failures = failures;
    }

    /** The paths that were asked for, in their order. */
    List<String> requests() {
        return requests;
    }

    @Override
    public Running start(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 100);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(requests.size() <= failures ? 503 : 200, -1);
            }
        });
        server.start();
        return () -> server.stop(0);
    }
}
