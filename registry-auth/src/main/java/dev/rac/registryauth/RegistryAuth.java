package dev.rac.registryauth;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.rac.certs.SigningCertificates;
import dev.rac.registryauth.access.AccessTokenRoutes;
import dev.rac.registryauth.access.AccessTokens;
import dev.rac.registryauth.access.LastUses;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.audit.AuditRoutes;
import dev.rac.registryauth.catalogue.Catalogue;
import dev.rac.registryauth.catalogue.CatalogueRoutes;
import dev.rac.registryauth.catalogue.RegistryCatalogue;
import dev.rac.registryauth.claim.ClaimLookUp;
import dev.rac.registryauth.claim.ClaimRoutes;
import dev.rac.registryauth.claim.Claims;
import dev.rac.registryauth.claim.HolderRoutes;
import dev.rac.registryauth.claim.Members;
import dev.rac.registryauth.login.GuardedPasswords;
import dev.rac.registryauth.login.Login;
import dev.rac.registryauth.login.LoginProblems;
import dev.rac.registryauth.login.Refusals;
import dev.rac.registryauth.login.RememberedPasswords;
import dev.rac.registryauth.login.RequestLogin;
import dev.rac.registryauth.policy.Policy;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.token.CertificateExpiry;
import dev.rac.registryauth.token.PullCredentialRoutes;
import dev.rac.registryauth.token.PullCredentials;
import dev.rac.registryauth.token.RecentAnswers;
import dev.rac.registryauth.token.RecentTokens;
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
import dev.rac.registryauth.user.AdministratorOnly;
import dev.rac.registryauth.user.HtpasswdAccounts;
import dev.rac.registryauth.user.HtpasswdFile;
import dev.rac.registryauth.user.PasswordCheck;
import dev.rac.registryauth.user.Passwords;
import dev.rac.registryauth.user.UserAdministrationRoutes;
import dev.rac.registryauth.user.UserRoutes;
import dev.rac.registryauth.user.UserTransferRoutes;
import dev.rac.service.database.Database;
import dev.rac.service.health.Health;
import dev.rac.service.http.ApiServer;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.secret.SecretFile;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The token server, wired by hand in the order of its life. Thread-safe. */
public final class RegistryAuth implements AutoCloseable {
    // The subject of tokens for its own use.
    private static final String SERVICE = "@registry-auth";

    private final Deque<Runnable> closing;
    private final SigningCertificates certificates;
    private final Database database;
    private final SigningKeyRoutes signingKeys;
    private final Optional<String> newAdminPassword;
    private final ApiServer server;

    /**
     * Starts the service.
     *
     * @param metrics stay open when it is closed
     * @throws dev.rac.certs.CertificatesException if a key or certificate is not usable
     * @throws dev.rac.service.database.DatabaseException if the database cannot be opened
     * @throws dev.rac.service.http.ServerStartException if the port is in use
     */
    public static RegistryAuth start(RegistryAuthSettings settings, Metrics metrics) {
        return start(settings, metrics, Clock.systemUTC());
    }

    /** Starts the service with another clock. */
    static RegistryAuth start(RegistryAuthSettings settings, Metrics metrics, Clock clock) {
        var closing = new ArrayDeque<Runnable>();
        try {
            return new RegistryAuth(settings, metrics, clock, closing);
        } catch (RuntimeException e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }

    private RegistryAuth(RegistryAuthSettings settings, Metrics metrics, Clock clock, Deque<Runnable> closing) {
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
        var expiry = new CertificateExpiry(certificates::expiresAt, clock, metrics.registry());
        closing.push(expiry::close);
        var passwords =
                new Passwords(settings.bcryptCost(), Runtime.getRuntime().availableProcessors(), random);
        closing.push(passwords::close);
        Gauge.builder("rac.bcrypt.waiting", passwords, Passwords::waiting)
                .description("passwords that wait to be hashed or checked")
                .register(metrics.registry());
        FunctionCounter.builder("rac.bcrypt.rounds", passwords, Passwords::rounds)
                .description("the work of hashing and checking passwords")
                .register(metrics.registry());

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
        var members = new Members(database.jdbi(), clock);
        var holdings = new ClaimLookUp(database.jdbi());
        var signer = new TokenSigner(certificates, settings.tokenKeyIds());
        var pullCredentials = new PullCredentials(signer, certificates, service, clock);
        var remembered =
                new RememberedPasswords(new PasswordCheck(accounts, passwords)::check, random, Ticker.systemTicker());
        var lastUses = new LastUses(database.jdbi(), clock);
        closing.push(lastUses::close);
        var accessTokens = new AccessTokens(database.jdbi(), lastUses, clock, random, Ticker.systemTicker());
        var guarded = new GuardedPasswords(remembered, clock, Thread::sleep);
        var login = new Login(accounts, guarded, accessTokens, serviceSecret, pullCredentials::repository);
        var administration = new Administration(database.jdbi(), claims::handOver);
        var refusals = new Refusals(audit, name -> accounts.find(name).isPresent(), metrics.registry());
        var requestLogin = new RequestLogin(login, audit, refusals);
        var registryTokens = new RegistryTokens(signer, service, settings.tokenLifetime(), clock, random);
        var refreshTokens = new RefreshTokens(database.jdbi(), lastUses, clock, random);
        Consumer<String> changed = user -> {
            remembered.forget(user);
            accessTokens.forget();
        };
        var htpasswd = new HtpasswdAccounts(database.jdbi(), clock, changed);
        if (settings.htpasswd() == null) {
            htpasswd.withoutFile();
        } else {
            var file = new HtpasswdFile(settings.htpasswd(), htpasswd);
            closing.push(file::close);
            file.start();
        }
        var policy = new Policy(settings.anonymousPush());
        var recentTokens = new RecentTokens(registryTokens, certificates::current, clock);
        var recentAnswers = new RecentAnswers(database::changes, certificates::current, clock, random);
        var tokens = new Tokens(login, holdings, policy, recentTokens, refreshTokens, service);
        Catalogue catalogue = catalogue(settings.registryUrl(), registryTokens, holdings, policy, closing);

        var administratorOnly = new AdministratorOnly(requestLogin::person, audit);
        signingKeys = new SigningKeyRoutes(certificates, requestLogin::person, audit);
        var health =
                new Health().check("database", database::problem).check("signing-certificate", certificates::problem);
        var proxies = settings.trustedProxies();
        server = ApiServer.start(settings.bind(), settings.port(), proxies, health, metrics, config -> {
            new LoginProblems(refusals).addTo(config);
            new TokenRoutes(tokens, recentAnswers, new TokenMetrics(metrics.registry()), audit, refusals, service)
                    .addTo(config);
            new PullCredentialRoutes(pullCredentials, requestLogin, audit).addTo(config);
            new UserRoutes(accounts, administration, passwords, settings.signUp(), requestLogin::person, changed, audit)
                    .addTo(config);
            new UserTransferRoutes(accounts, requestLogin::person, audit).addTo(config);
            new UserAdministrationRoutes(accounts, administration, passwords, requestLogin::person, changed, audit)
                    .addTo(config);
            new ClaimRoutes(claims, members, requestLogin::person, audit).addTo(config);
            new HolderRoutes(claims, ctx -> requestLogin.service(ctx, "holder.show")).addTo(config);
            signingKeys.addTo(config);
            new AuditRoutes(audit, ctx -> administratorOnly.require(ctx, "audit.list", "")).addTo(config);
            new AccessTokenRoutes(accessTokens, requestLogin::person, audit, clock).addTo(config);
            new SessionRoutes(refreshTokens, requestLogin::person, audit).addTo(config);
            new CatalogueRoutes(catalogue, requestLogin).addTo(config);
            config.routes.get("/certificates", this::certificates);
        });
        closing.push(server::close);
    }

    private static @Nullable Catalogue catalogue(
            @Nullable URI registry,
            RegistryTokens tokens,
            ClaimLookUp holdings,
            Policy policy,
            Deque<Runnable> closing) {
        if (registry == null) {
            return null;
        }
        var wholeCatalogue = new ResourceScope("registry", "catalog", List.of("*"));
        var client = new RegistryCatalogue(
                registry, () -> tokens.issue(SERVICE, List.of(wholeCatalogue)).text());
        closing.push(client::close);
        return new Catalogue(client, holdings, policy);
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
     * Has the registry started again whenever the certificate bundle has another authority; returns when it answers.
     * Without this, the administrator does it.
     */
    public void onNewAuthority(Runnable restartRegistry) {
        signingKeys.onNewAuthority(restartRegistry);
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
}
