package dev.rac.registryauth;

import dev.rac.certs.KeyAlgorithm;
import dev.rac.registryauth.token.KeyIds;
import dev.rac.registryauth.user.Administrator;
import dev.rac.registryauth.user.BcryptHash;
import dev.rac.registryauth.user.Passwords;
import dev.rac.registryauth.user.SignUp;
import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.http.TrustedProxies;
import dev.rac.service.settings.Environment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of registry-auth.
 *
 * @param port the port to listen on, or 0 for any free one
 * @param domain the service that tokens are for
 * @param data the directory of keys, secrets and, unless it is elsewhere, the database
 * @param adminPassword for the administrator's account when it is made; null to have one made
 * @param tokenLifetime a minute to a day
 * @param bcryptCost binary logarithm of the number of rounds, 4 to 16
 * @param htpasswd a file whose users may log in too, if there is one
 * @param serviceSecret what services prove themselves with; null to have one made and kept
 * @param auditRetention how long the database keeps the audit log, a day to ten years
 * @param registryUrl where the registry answers {@code /v2/}; null where that is not known, and nothing is listed
 */
public record RegistryAuthSettings(
        String bind,
        int port,
        String domain,
        Path data,
        DatabaseSettings database,
        boolean anonymousPush,
        SignUp signUp,
        @Nullable String adminPassword,
        Duration tokenLifetime,
        KeyAlgorithm tokenAlgorithm,
        KeyIds tokenKeyIds,
        int bcryptCost,
        @Nullable Path htpasswd,
        @Nullable String serviceSecret,
        Duration auditRetention,
        TrustedProxies trustedProxies,
        @Nullable URI registryUrl) {
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(5);
    // Clients take less for this.
    private static final Duration MIN_LIFETIME = Duration.ofMinutes(1);
    private static final Duration MAX_LIFETIME = Duration.ofDays(1);
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(90);
    private static final Duration MIN_RETENTION = Duration.ofDays(1);
    private static final Duration MAX_RETENTION = Duration.ofDays(3650);
    // Nothing slows those who guess it but its length.
    private static final int MIN_SECRET_LENGTH = 32;
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})*");

    /** Reads the settings; what is wrong with them is reported by {@link Environment#check()}. */
    public static RegistryAuthSettings read(Environment environment) {
        Path data = environment.path("RAC_DATA", Path.of("data"));
        return new RegistryAuthSettings(
                environment.text("RAC_BIND", "127.0.0.1"),
                environment.port("RAC_PORT", 8080),
                domain(environment),
                data,
                DatabaseSettings.read(environment, data.resolve("registry-auth")),
                environment.flag("RAC_ANONYMOUS_PUSH", true),
                environment.choice("RAC_SIGNUP", SignUp.class).orElse(SignUp.OPEN),
                adminPassword(environment),
                lifetime(environment),
                environment.choice("RAC_TOKEN_ALGORITHM", KeyAlgorithm.class).orElse(KeyAlgorithm.ES256),
                environment.choice("RAC_TOKEN_KID", KeyIds.class).orElse(KeyIds.NONE),
                environment.number("RAC_BCRYPT_COST", Passwords.DEFAULT_COST, BcryptHash.MIN_COST, BcryptHash.MAX_COST),
                htpasswd(environment),
                serviceSecret(environment),
                auditRetention(environment),
                TrustedProxies.read(environment),
                environment.url("RAC_REGISTRY_URL").orElse(null));
    }

    private static String domain(Environment environment) {
        String domain = environment.text("RAC_DOMAIN", "localhost").toLowerCase(Locale.ROOT);
        if (!DOMAIN.matcher(domain).matches()) {
            environment.error("RAC_DOMAIN", "is \"" + domain + "\"", "expected a host name without a port");
        }
        return domain;
    }

    private static @Nullable String adminPassword(Environment environment) {
        String password = environment.find("RAC_ADMIN_PASSWORD").orElse(null);
        if (password != null) {
            Passwords.problem(password)
                    .ifPresent(problem ->
                            environment.error("RAC_ADMIN_PASSWORD", "cannot be " + Administrator.NAME + "'s", problem));
        }
        return password;
    }

    private static Duration lifetime(Environment environment) {
        Duration lifetime = environment.duration("RAC_TOKEN_LIFETIME", DEFAULT_LIFETIME);
        if (lifetime.compareTo(MIN_LIFETIME) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            environment.error("RAC_TOKEN_LIFETIME", "is out of range", "expected 60s to 1d");
            return DEFAULT_LIFETIME;
        }
        return lifetime;
    }

    private static Duration auditRetention(Environment environment) {
        Duration retention = environment.duration("RAC_AUDIT_RETENTION", DEFAULT_RETENTION);
        if (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0) {
            environment.error("RAC_AUDIT_RETENTION", "is out of range", "expected 1d to 3650d");
            return DEFAULT_RETENTION;
        }
        return retention;
    }

    private static @Nullable Path htpasswd(Environment environment) {
        if (environment.find("RAC_HTPASSWD").isEmpty()) {
            return null;
        }
        Path file = environment.path("RAC_HTPASSWD", Path.of("htpasswd"));
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            environment.error("RAC_HTPASSWD", "is \"" + file + "\"", "expected a file that can be read");
        }
        return file;
    }

    private static @Nullable String serviceSecret(Environment environment) {
        String secret = environment.find("RAC_SERVICE_SECRET").orElse(null);
        if (secret != null && secret.length() < MIN_SECRET_LENGTH) {
            environment.error(
                    "RAC_SERVICE_SECRET",
                    "is too short",
                    "expected at least " + MIN_SECRET_LENGTH
                            + " characters that no person thought of, such as those of openssl rand -hex 32");
        }
        return secret;
    }

    /** Never shows a secret. */
    @Override
    public String toString() {
        return "RegistryAuthSettings[bind=" + bind + ", port=" + port + ", domain=" + domain + ", data=" + data
                + ", database=" + database + ", anonymousPush=" + anonymousPush + ", signUp=" + signUp
                + ", tokenLifetime=" + tokenLifetime + ", tokenAlgorithm=" + tokenAlgorithm + ", tokenKeyIds="
                + tokenKeyIds + ", bcryptCost=" + bcryptCost + ", htpasswd=" + htpasswd + ", auditRetention="
                + auditRetention + ", registryUrl=" + registryUrl + "]";
    }
}
