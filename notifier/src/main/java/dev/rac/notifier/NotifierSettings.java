package dev.rac.notifier;

import dev.rac.notifier.image.ResourceLimits;
import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.http.TrustedProxies;
import dev.rac.service.settings.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The notifier's settings.
 *
 * @param port 0 for any free one
 * @param domain the audience of tokens; apps live below it
 * @param publicUrl where clients see the front door
 * @param registryUrl where the registry answers {@code /v2/}
 * @param registryHost the registry's host, with its port, as engines pull from it
 * @param authUrl where registry-auth is
 * @param serviceSecret proves the notifier to registry-auth
 * @param notificationSecret proves the registry to the notifier
 * @param reconcileEvery from one round of the reconciler to the next; empty: it never goes round
 * @param previewLifetime how long a preview stays that nobody uses; empty: for ever
 * @param limits what one instance of an app may use
 * @param directory keeps what is not in the database: the key of the variables, and the apps' output
 * @param trustedProxies who is believed when they say where a request comes from
 */
public record NotifierSettings(
        String bind,
        int port,
        String domain,
        URI publicUrl,
        URI registryUrl,
        String registryHost,
        URI authUrl,
        String serviceSecret,
        String notificationSecret,
        Optional<Duration> reconcileEvery,
        Optional<Duration> previewLifetime,
        ResourceLimits limits,
        Path directory,
        TrustedProxies trustedProxies,
        DatabaseSettings database) {
    private static final URI NONE = URI.create("http://unset.invalid");
    private static final int DEFAULT_PORT = 8080;
    private static final Duration DEFAULT_RECONCILE_EVERY = Duration.ofMinutes(5);
    private static final Duration MIN_RECONCILE_EVERY = Duration.ofSeconds(10);
    private static final Duration DEFAULT_PREVIEW_LIFETIME = Duration.ofDays(14);
    private static final Duration MIN_PREVIEW_LIFETIME = Duration.ofSeconds(10);

    /** Reads the settings; what is wrong or missing is told by {@link Environment#check()}. */
    public static NotifierSettings read(Environment environment) {
        String domain = environment.text("RAC_DOMAIN", "localhost").toLowerCase(Locale.ROOT);
        Path data = environment.path("RAC_DATA", Path.of("data"));
        return new NotifierSettings(
                environment.text("RAC_BIND", "127.0.0.1"),
                environment.port("RAC_PORT", DEFAULT_PORT),
                domain,
                publicUrl(environment, domain),
                url(environment, "RAC_REGISTRY_URL", "the registry's own URL, such as http://registry:5000"),
                environment.required("RAC_REGISTRY_HOST", "the registry's host as engines see it: localhost:8080"),
                url(environment, "RAC_AUTH_URL", "registry-auth's URL, such as http://registry-auth:8080"),
                environment.required("RAC_SERVICE_SECRET", "the same as registry-auth's"),
                environment.required(
                        "RAC_NOTIFICATION_SECRET", "the one that the registry sends as Authorization: Bearer"),
                environment.durationOrOff("RAC_RECONCILE_EVERY", DEFAULT_RECONCILE_EVERY, MIN_RECONCILE_EVERY),
                environment.durationOrOff("RAC_PREVIEW_LIFETIME", DEFAULT_PREVIEW_LIFETIME, MIN_PREVIEW_LIFETIME),
                ResourceLimits.read(environment),
                data.resolve("notifier"),
                TrustedProxies.read(environment),
                DatabaseSettings.read(environment, data.resolve("notifier")));
    }

    private static URI publicUrl(Environment environment, String domain) {
        try {
            return environment.url("RAC_PUBLIC_URL").orElseGet(() -> URI.create("http://" + domain));
        } catch (IllegalArgumentException e) {
            environment.error("RAC_DOMAIN", "is \"" + domain + "\"", "expected a host name");
            return NONE;
        }
    }

    private static URI url(Environment environment, String name, String hint) {
        if (environment.find(name).isEmpty()) {
            environment.error(name, "is not set", hint);
        }
        return environment.url(name).orElse(NONE);
    }

    /** Never shows a secret. */
    @Override
    public String toString() {
        return "notifier on " + bind + ":" + port + ", domain " + domain + ", front door " + publicUrl + ", registry "
                + registryUrl + " (" + registryHost + "), registry-auth " + authUrl + ", database " + database;
    }
}
