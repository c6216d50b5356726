package dev.rac.bench.process;

import dev.rac.service.health.Health;
import dev.rac.service.http.ApiServer;
import dev.rac.service.metrics.Metrics;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** The HTTP server of every service, which answers any request for a token with the same bytes: what can be reached. */
final class ConstantServer {
    private final AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);

    private ConstantServer() {}

    public static void main(String[] args) throws InterruptedException {
        var constant = new ConstantServer();
        try (var metrics = new Metrics();
                var server = ApiServer.start("127.0.0.1", 0, new Health(), metrics, config -> {
                    config.routes.put("/body", constant::put);
                    config.routes.get("/token", constant::answer);
                    config.routes.post("/token", constant::answer);
                })) {
            System.out.println("ready: " + server.uri());
            new CountDownLatch(1).await();
        }
    }

    private void put(Context ctx) {
        body.set(ctx.bodyAsBytes());
        ctx.status(HttpStatus.NO_CONTENT);
    }

    // With the headers that a token has, and not compressed either.
    private void answer(Context ctx) {
        ctx.disableCompression();
        ctx.header(Header.CACHE_CONTROL, "no-store")
                .contentType(ContentType.APPLICATION_JSON)
                .result(body.get());
    }
}
