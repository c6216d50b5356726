package dev.rac.notifier;

import dev.rac.notifier.app.AppApi;
import dev.rac.notifier.app.ArrivalRoutes;
import dev.rac.notifier.deploy.Backoff;
import dev.rac.notifier.deploy.Deployments;
import dev.rac.notifier.deploy.EnvironmentChanges;
import dev.rac.notifier.deploy.History;
import dev.rac.notifier.deploy.Outcomes;
import dev.rac.notifier.deploy.Removals;
import dev.rac.notifier.deploy.Reservations;
import dev.rac.notifier.deploy.Revisions;
import dev.rac.notifier.event.Inbox;
import dev.rac.notifier.event.NotificationEndpoint;
import dev.rac.notifier.image.HttpCaller;
import dev.rac.notifier.image.RegistryAuthClient;
import dev.rac.notifier.image.RegistryClient;
import dev.rac.notifier.image.RegistryListing;
import dev.rac.notifier.image.UnavailableException;
import dev.rac.notifier.log.LogKeeper;
import dev.rac.notifier.reconcile.PreviewUse;
import dev.rac.notifier.reconcile.Reconciler;
import dev.rac.notifier.variable.ClaimCheck;
import dev.rac.notifier.variable.EnvironmentKey;
import dev.rac.notifier.variable.Environments;
import dev.rac.service.database.Database;
import dev.rac.service.health.Health;
import dev.rac.service.http.ApiServer;
import dev.rac.service.metrics.Metrics;
import dev.rac.targets.Target;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The notifier, wired: takes the registry's notifications, deploys what was pushed, and answers {@code /apps}. */
public final class Notifier implements AutoCloseable {
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(20);
    // A registry walks through its whole storage to list its repositories; on S3 that may take minutes.
    private static final Duration LISTING_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);
    private static final long MAX_PROBE_BYTES = 65_536;
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Database database;
    private final HttpCaller http;
    private final HttpCaller probe;
    private final HttpCaller listing;
    private final Deployments deployments;
    private final Reconciler reconciler;
    private final LogKeeper logs;
    private final AppApi apps;
    private final ApiServer server;

    /**
     * Starts the notifier, which takes up again what was not deployed before its last end.
     *
     * @param target stays open when the notifier is closed
     * @param metrics stay open, too
     * @throws dev.rac.service.database.DatabaseException if the database cannot be opened
     * @throws dev.rac.service.secret.SecretException if the key of the variables is damaged
     * @throws dev.rac.service.http.ServerStartException if the port cannot be bound
     */
    public static Notifier start(NotifierSettings settings, Target target, Metrics metrics) {
        return start(settings, target, metrics, Clock.systemUTC(), BACKOFF);
    }

    static Notifier start(NotifierSettings settings, Target target, Metrics metrics, Clock clock, Backoff backoff) {
        Database database = Database.open(settings.database(), "notifier");
        try {
            var notifier = new Notifier(settings, database, target, metrics, clock, backoff);
            notifier.deployments.start();
            notifier.logs.start();
            settings.reconcileEvery().ifPresent(notifier.reconciler::start);
            return notifier;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private Notifier(
            NotifierSettings settings,
            Database database,
            Target target,
            Metrics metrics,
            Clock clock,
            Backoff backoff) {
        this.database = database;
        http = new HttpCaller(HTTP_TIMEOUT);
        probe = new HttpCaller(PROBE_TIMEOUT);
        listing = new HttpCaller(LISTING_TIMEOUT);
        var inbox = new Inbox(database.jdbi());
        var outcomes = new Outcomes(database.jdbi());
        var removals = new Removals(database.jdbi());
        var registryAuth =
                new RegistryAuthClient(http, settings.authUrl(), settings.domain(), settings.serviceSecret(), clock);
        var registry = new RegistryClient(http, registryAuth, settings.registryUrl());
        var key = EnvironmentKey.open(settings.directory().resolve("env.key"), new SecureRandom());
        var environments = new Environments(database.jdbi(), key, clock);
        var claims = new ClaimCheck(registryAuth);
        deployments = new Deployments(
                database.jdbi(),
                inbox,
                outcomes,
                new Reservations(database.jdbi()),
                removals,
                registry,
                registryAuth,
                environments,
                claims,
                target,
                settings.registryHost(),
                settings.limits(),
                backoff,
                metrics.registry(),
                clock);
        reconciler = new Reconciler(
                new RegistryListing(listing, registryAuth, settings.registryUrl()),
                registry,
                new History(database.jdbi(), inbox, removals),
                deployments,
                removals,
                target,
                new PreviewUse(database.jdbi()),
                settings.previewLifetime(),
                metrics.registry(),
                clock);
        var notifications = new NotificationEndpoint(
                settings.notificationSecret(), inbox, database.jdbi(), deployments::submit, metrics.registry(), clock);
        var revisions = new Revisions(outcomes, inbox, registry, target, deployments::submit, clock);
        logs = new LogKeeper(target, settings.directory().resolve("log"));
        var environmentChanges =
                new EnvironmentChanges(database.jdbi(), environments, inbox, target, deployments::submit, clock);
        apps = new AppApi(
                target,
                deployments,
                outcomes,
                revisions,
                logs,
                environments,
                environmentChanges,
                claims,
                http,
                settings.authUrl(),
                settings.domain(),
                settings.publicUrl(),
                clock);
        var arrivals = new ArrivalRoutes(deployments);
        var health = new Health()
                .check("database", database::problem)
                .check("registry-auth", () -> problem(settings.authUrl()))
                .check("target", target::problem);
        server = ApiServer.start(
                settings.bind(), settings.port(), settings.trustedProxies(), health, metrics, config -> {
                    notifications.routes(config);
                    apps.routes(config);
                    arrivals.addTo(config);
                });
    }

    public URI uri() {
        return server.uri();
    }

    /**
     * Copies the database into a new zip file, while it is in use.
     *
     * @return false if it is not embedded
     */
    public boolean copyDatabase(Path zip) {
        return database.copyTo(zip);
    }

    private Optional<String> problem(URI registryAuth) {
        try {
            var request =
                    HttpRequest.newBuilder(registryAuth.resolve("/healthz")).build();
            int status = probe.send("registry-auth", request, MAX_PROBE_BYTES).status();
            return status == 200 ? Optional.empty() : Optional.of("registry-auth answers " + status);
        } catch (UnavailableException e) {
            return Optional.of("it does not answer at " + registryAuth);
        }
    }

    @Override
    public void close() {
        apps.close();
        logs.close();
        server.close();
        reconciler.close();
        deployments.close();
        listing.close();
        probe.close();
        http.close();
        database.close();
    }
}
