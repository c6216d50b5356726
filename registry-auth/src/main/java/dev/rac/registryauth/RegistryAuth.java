package dev.rac.registryauth;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.rac.certs.SigningCertificates;
import dev.rac.registryauth.access.AccessTokenRoutes;
import dev.rac.registryauth.access.AccessTokens;
import dev.rac.registryauth.access.LastUses;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.audit.AuditRoutes;
import dev.rac.registryauth.claim.ClaimRoutes;
import dev.rac.registryauth.claim.Claims;
import dev.rac.registryauth.login.GuardedPasswords;
import dev.rac.registryauth.login.Login;
import dev.rac.registryauth.login.Refusals;
import dev.rac.registryauth.login.RememberedPasswords;
import dev.rac.registryauth.login.RequestLogin;
import dev.rac.registryauth.login.ThrottledException;
import dev.rac.registryauth.policy.Policy;
import dev.rac.registryauth.token.PullCredentialRoutes;
import dev.rac.registryauth.token.PullCredentials;
import dev.rac.registryauth.token.RefreshTokens;
import dev.rac.registryauth.token.RegistryTokens;
import dev.rac.registryauth.token.SessionRoutes;
import dev.rac.registryauth.token.SigningKeyRoutes;
import dev.rac.registryauth.token.TokenMetrics;
import dev.rac.registryauth.token.TokenRoutes;
import dev.rac.registryauth.token.TokenSigner;
import dev.rac.registryauth.token.Tokens;
import dev.rac.registryauth.user.Accounts;
import dev.rac.registryauth.user.Administration;
import dev.rac.registryauth.user.Administrator;
import dev.rac.registryauth.user.Passwords;
import dev.rac.registryauth.user.PasswordsBusyException;
import dev.rac.registryauth.user.UserAdministrationRoutes;
import dev.rac.registryauth.user.UserRoutes;
import dev.rac.service.database.Database;
import dev.rac.service.health.Health;
import dev.rac.service.http.ApiServer;
import dev.rac.service.http.Problem;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.secret.SecretFile;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** The token server, wired by hand in the order of its life. Thread-safe. */
public final class RegistryAuth implements AutoCloseable {
    private static final String RETRY_AFTER_SECONDS = "2";

    private final Deque<Runnable> closing;
    private final SigningCertificates certificates;
    private final Database database;
    private final Optional<String> newAdminPassword;
    private final ApiServer server;

    /**
     * Starts the service.
     *
     * @throws dev.rac.certs.CertificatesException if a key or certificate is not usable
     * @throws dev.rac.service.database.DatabaseException if the database cannot be opened
     * @throws dev.rac.service.http.ServerStartException if the port is in use
     */
    public static RegistryAuth start(RegistryAuthSettings settings) {
        return start(settings, Clock.systemUTC());
    }

    /** Starts the service with another clock. */
    static RegistryAuth start(RegistryAuthSettings settings, Clock clock) {
        var closing = new ArrayDeque<Runnable>();
        try {
            return new RegistryAuth(settings, clock, closing);
        } catch (RuntimeException e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }

    private RegistryAuth(RegistryAuthSettings settings, Clock clock, Deque<Runnable> closing) {
        this.closing = closing;
        var random = new SecureRandom();
        Path data = settings.data();
        String service = settings.domain();
        String serviceSecret = settings.serviceSecret() == null
                ? SecretFile.readOrCreate(data.resolve("service-secret"))
                : settings.serviceSecret();
        certificates = SigningCertificates.open(data.resolve("certs"), settings.tokenAlgorithm(), clock, random);
        database = Database.open(settings.database(), "registry-auth");
        closing.push(database::close);
        var metrics = new Metrics();
        closing.push(metrics::close);
        var passwords =
                new Passwords(settings.bcryptCost(), Runtime.getRuntime().availableProcessors(), random);
        closing.push(passwords::close);

        var audit = new AuditLog(
                database.jdbi(),
                data.resolve("log").resolve("audit.jsonl"),
                settings.auditRetention(),
                clock,
                random,
                metrics.registry());
        closing.push(audit::close);
        var accounts = new Accounts(database.jdbi(), clock);
        newAdminPassword =
                Administrator.create(accounts, passwords, settings.adminPassword(), data.resolve("admin-password"));
        var claims = new Claims(database.jdbi(), clock);
        var signer = new TokenSigner(certificates, settings.tokenKeyIds());
        var pullCredentials = new PullCredentials(signer, certificates, service, clock);
        var remembered = new RememberedPasswords(passwords, random, Ticker.systemTicker());
        var lastUses = new LastUses(database.jdbi(), clock);
        closing.push(lastUses::close);
        var accessTokens = new AccessTokens(database.jdbi(), lastUses, clock, random, Ticker.systemTicker());
        var guarded = new GuardedPasswords(remembered, clock, random, Thread::sleep);
        var login = new Login(accounts, guarded, accessTokens, serviceSecret, pullCredentials::repository);
        var administration = new Administration(database.jdbi(), claims::handOver);
        var refusals = new Refusals(audit, metrics.registry());
        var requestLogin = new RequestLogin(login, audit, refusals);
        var registryTokens = new RegistryTokens(signer, service, settings.tokenLifetime(), clock, random);
        var refreshTokens = new RefreshTokens(database.jdbi(), lastUses, clock, random, Ticker.systemTicker());
        Consumer<String> changed = user -> {
            remembered.forget(user);
            accessTokens.forget();
            refreshTokens.forget();
        };
        var policy = new Policy(settings.anonymousPush());
        var tokens = new Tokens(login, claims, policy, registryTokens, refreshTokens, service);

        var health =
                new Health().check("database", database::problem).check("signing-certificate", certificates::problem);
        var proxies = settings.trustedProxies();
        server = ApiServer.start(settings.bind(), settings.port(), proxies, health, metrics, config -> {
            config.routes.exception(PasswordsBusyException.class, (e, ctx) -> {
                refusals.busy();
                busy(ctx);
            });
            config.routes.exception(ThrottledException.class, (e, ctx) -> {
                refusals.throttled(ctx, e);
                throttled(e, ctx);
            });
            new TokenRoutes(tokens, new TokenMetrics(metrics.registry()), audit, refusals, service).addTo(config);
            new PullCredentialRoutes(pullCredentials, requestLogin).addTo(config);
            new UserRoutes(accounts, administration, passwords, settings.signUp(), requestLogin::person, changed, audit)
                    .addTo(config);
            new UserAdministrationRoutes(accounts, administration, passwords, requestLogin::person, changed, audit)
                    .addTo(config);
            new ClaimRoutes(claims, requestLogin::person, audit).addTo(config);
            new SigningKeyRoutes(certificates, requestLogin::person, audit).addTo(config);
            new AuditRoutes(audit, requestLogin::administrator).addTo(config);
            new AccessTokenRoutes(accessTokens, requestLogin::person, audit, clock).addTo(config);
            new SessionRoutes(refreshTokens, requestLogin::person, audit).addTo(config);
            config.routes.get("/certificates", this::certificates);
        });
        closing.push(server::close);
    }

    /** Where the service is reached from the same machine. */
    public URI uri() {
        return server.uri();
    }

    /** The PEM file of the certificates that verify tokens: the registry's {@code rootcertbundle}. */
    public Path certificateBundle() {
        return certificates.bundleFile();
    }

    /**
     * Copies the database into a new zip file, while it is in use.
     *
     * @return false if it is not embedded
     */
    public boolean copyDatabase(Path zip) {
        return database.copyTo(zip);
    }

    /** The administrator's password, if it was made by this start: to be shown to the user once. */
    public Optional<String> newAdminPassword() {
        return newAdminPassword;
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    private void certificates(Context ctx) {
        // RFC 8555, section 9.1.
        ctx.contentType("application/pem-certificate-chain").result(certificates.bundle());
    }

    private static void busy(Context ctx) {
        ctx.header(Header.RETRY_AFTER, RETRY_AFTER_SECONDS);
        ApiServer.answer(
                ctx,
                Problem.of(
                        429, "too-many-requests", "Too many requests", "many passwords are being checked: try again"));
    }

    private static void throttled(ThrottledException e, Context ctx) {
        ctx.header(Header.RETRY_AFTER, String.valueOf(e.retryAfterSeconds()));
        ApiServer.answer(
                ctx,
                Problem.of(
                        429,
                        "too-many-requests",
                        "Too many requests",
                        "too many wrong passwords for this user came from your address: try again in "
                                + e.retryAfterSeconds() + " s"));
    }
}
