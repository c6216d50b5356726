package dev.rac.service.http;

import dev.rac.service.health.Health;
import dev.rac.service.json.Json;
import dev.rac.service.metrics.Metrics;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.json.JavalinJackson3;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The HTTP server of a service's API: JSON, errors as {@code problem+json}, {@code /healthz}, {@code /readyz} and
 * {@code /metrics}. Handlers run on virtual threads. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {
    /** The longest request body, in bytes; more is a 413. */
    public static final long MAX_BODY_BYTES = 1_048_576;

    /** What a 401 asks for (RFC 7617, section 2). */
    public static final String BASIC_CHALLENGE = "Basic realm=\"rac\", charset=\"UTF-8\"";

    private static final int ACCEPT_QUEUE = 1024;

    // Longer than clients keep idle connections (the JDK's: 30 s): it is they who close one, never while it is used.
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private final Javalin javalin;
    private final String host;

    /** Starts a server that believes what proxies on the same machine say of their clients. */
    public static ApiServer start(
            String host, int port, Health health, Metrics metrics, Consumer<JavalinConfig> routes) {
        return start(host, port, TrustedProxies.LOOPBACK, health, metrics, routes);
    }

    /**
     * Starts a server.
     *
     * @param port the port, or 0 for any free one
     * @param proxies who is believed when they say where a request comes from
     * @throws ServerStartException if the address cannot be bound
     */
    public static ApiServer start(
            String host,
            int port,
            TrustedProxies proxies,
            Health health,
            Metrics metrics,
            Consumer<JavalinConfig> routes) {
        var javalin = Javalin.create(config -> {
            configure(config);
            ClientAddress.trust(config, proxies);
            config.jetty.addConnector((server, http) -> connector(server, http, host, port));
            operations(config, health, metrics);
            routes.accept(config);
        });
        try {
            return new ApiServer(javalin.start(), host);
        } catch (RuntimeException e) {
            throw new ServerStartException(host, port, e);
        }
    }

    private ApiServer(Javalin javalin, String host) {
        this.javalin = javalin;
        this.host = host;
    }

    public int port() {
        return javalin.port();
    }

    /** Where the server is reached from the same machine. */
    public URI uri() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = MAX_BODY_BYTES;
        config.http.prefer405over404 = true;
        config.jsonMapper(new StrictJson(new JavalinJackson3(Json.MAPPER, true)));
        config.jetty.modifyServer(server -> server.setErrorHandler(new ServerErrors()));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            // Otherwise credentials in another case are taken for those that came before on the same connection.
            http.setHeaderCacheCaseSensitive(true);
        });
        config.routes.before(ApiServer::refuseOtherSites);
        config.routes.exception(ProblemException.class, (e, ctx) -> answer(ctx, e.problem()));
        config.routes.exception(
                JacksonException.class,
                (e, ctx) -> answer(ctx, Problem.badRequest("the body is not the JSON that this call takes")));
        config.routes.exception(HttpResponseException.class, ApiServer::refused);
        config.routes.exception(Exception.class, ApiServer::unexpected);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, String host, int port) {
        var connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        // Java's default, 50, resets connections when a push and many pulls arrive at once.
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        return connector;
    }

    private static void operations(JavalinConfig config, Health health, Metrics metrics) {
        config.routes.get("/healthz", ctx -> ctx.json(Map.of("status", "ok")));
        config.routes.get("/readyz", ctx -> {
            Map<String, String> failures = health.failures();
            ctx.status(failures.isEmpty() ? 200 : 503)
                    .json(Map.of("status", failures.isEmpty() ? "ok" : "not ready", "failures", failures));
        });
        config.routes.get(
                "/metrics", ctx -> ctx.contentType(Metrics.CONTENT_TYPE).result(metrics.scrape()));
    }

    /** Answers with a problem; a 401 comes with a challenge, as RFC 9110, section 15.5.2, demands. */
    public static void answer(Context ctx, Problem problem) {
        if (problem.status() == HttpStatus.UNAUTHORIZED.getCode()) {
            ctx.header(Header.WWW_AUTHENTICATE, BASIC_CHALLENGE);
        }
        ctx.status(problem.status()).json(problem).contentType(Problem.CONTENT_TYPE);
    }

    private static void refuseOtherSites(Context ctx) {
        boolean harmless = ctx.method().equals(HandlerType.GET) || ctx.method().equals(HandlerType.HEAD);
        if (!harmless && Browsers.fromAnotherSite(ctx::header)) {
            throw new ProblemException(Problem.forbidden("pages of other sites may not change anything here"));
        }
    }

    private static void refused(HttpResponseException e, Context ctx) {
        String allowed = e.getDetails().get("availableMethods");
        if (e.getStatus() == HttpStatus.METHOD_NOT_ALLOWED.getCode() && allowed != null) {
            // RFC 9110, section 15.5.6.
            ctx.header(Header.ALLOW, allowed);
        }
        answer(ctx, problem(e));
    }

    private static Problem problem(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> Problem.notFound("there is nothing at this path");
            case 405 ->
                Problem.of(
                        405, "method-not-allowed", "Method not allowed", "the header Allow names what this path takes");
            case 413 ->
                Problem.of(413, "too-large", "The body is too long", "at most " + MAX_BODY_BYTES + " bytes are taken");
            default -> Problem.of(e.getStatus(), "http-" + e.getStatus(), "The request failed", e.getMessage());
        };
    }

    private static void unexpected(Exception e, Context ctx) {
        LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
        answer(ctx, Problem.of(500, "internal", "Internal error", "the service's log says more"));
    }
}
