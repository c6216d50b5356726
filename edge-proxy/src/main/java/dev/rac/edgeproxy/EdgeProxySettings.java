package dev.rac.edgeproxy;

import com.sun.management.OperatingSystemMXBean;
import dev.rac.edgeproxy.wake.WaitLimits;
import dev.rac.service.settings.Environment;
import dev.rac.service.settings.MemoryAmount;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The front door's settings.
 *
 * @param bind {@code RAC_BIND}: the address to listen on
 * @param port {@code RAC_PORT}: the port for HTTP, 0 for any free one
 * @param tlsPort {@code RAC_TLS_PORT}: the port for HTTPS
 * @param domain {@code RAC_DOMAIN}: the front door's own host; apps are at {@code <app>.<domain>}
 * @param data {@code RAC_DATA}: where the authority for HTTPS is kept
 * @param registry {@code RAC_REGISTRY_URL}
 * @param auth {@code RAC_AUTH_URL}: registry-auth
 * @param notifier {@code RAC_NOTIFIER_URL}
 * @param idleTimeout {@code RAC_IDLE_TIMEOUT}: no request in flight for so long puts an app to sleep
 * @param freezeTimeout {@code RAC_FREEZE_TIMEOUT}: no request in flight for so long freezes an app, where the target can
 * @param freezeMemoryBytes {@code RAC_FREEZE_MEMORY}: what frozen apps may hold together
 * @param limits {@code RAC_MAX_WAITING}, {@code RAC_WAKE_TIMEOUT}: how many requests may wait for an app, and how long
 * @param wakesPerMinute {@code RAC_WAKES_PER_MINUTE}: how many starts of apps one client may cause
 * @param accessLog {@code RAC_ACCESS_LOG}: the file that takes a line for each request; empty: none does
 * @param metricsBind {@code RAC_METRICS_BIND}: the address for {@code /metrics}, {@code /healthz} and {@code /readyz}
 * @param metricsPort {@code RAC_METRICS_PORT}: their port, 0 for any free one
 */
public record EdgeProxySettings(
        String bind,
        int port,
        Optional<Integer> tlsPort,
        String domain,
        Path data,
        URI registry,
        URI auth,
        URI notifier,
        Duration idleTimeout,
        Optional<Duration> freezeTimeout,
        long freezeMemoryBytes,
        WaitLimits limits,
        int wakesPerMinute,
        Optional<Path> accessLog,
        String metricsBind,
        int metricsPort) {
    private static final int MAX_WAITING_OVERALL = 10_000;
    private static final int MAX_WAKES_PER_MINUTE = 100_000;
    /** Of the host's memory, one in so many parts may be held by what nobody asks for. */
    private static final int FREEZE_SHARE = 4;

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST_IDLE = Duration.ofDays(365);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    /** DNS labels (RFC 1123, section 2.1). */
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /** Of a name's 253 characters, an app's label and its dot may take 64. */
    private static final int MAX_DOMAIN = 189;

    private static final URI UNSET = URI.create("http://localhost");

    /** Reads the settings; what is wrong with them is told by {@link Environment#check()}. */
    public static EdgeProxySettings read(Environment environment) {
        return new EdgeProxySettings(
                environment.text("RAC_BIND", "127.0.0.1"),
                environment.port("RAC_PORT", 8080),
                environment.find("RAC_TLS_PORT").map(text -> environment.port("RAC_TLS_PORT", 0)),
                domain(environment),
                environment.path("RAC_DATA", Path.of("data")),
                service(environment, "RAC_REGISTRY_URL", "http://127.0.0.1:5000"),
                service(environment, "RAC_AUTH_URL", "http://127.0.0.1:8081"),
                service(environment, "RAC_NOTIFIER_URL", "http://127.0.0.1:8082"),
                bounded(environment, "RAC_IDLE_TIMEOUT", Duration.ofMinutes(10), LONGEST_IDLE),
                environment.durationOrOff("RAC_FREEZE_TIMEOUT", Duration.ofSeconds(30), SHORTEST),
                environment.value(
                        "RAC_FREEZE_MEMORY",
                        hostMemoryBytes() / FREEZE_SHARE,
                        "expected an amount of memory such as 512Mi or 4Gi",
                        MemoryAmount::bytes),
                new WaitLimits(
                        environment.number("RAC_MAX_WAITING", 1000, 0, MAX_WAITING_OVERALL),
                        MAX_WAITING_OVERALL,
                        bounded(environment, "RAC_WAKE_TIMEOUT", Duration.ofSeconds(60), LONGEST_WAIT)),
                environment.number("RAC_WAKES_PER_MINUTE", 120, 1, MAX_WAKES_PER_MINUTE),
                environment.find("RAC_ACCESS_LOG").map(file -> environment.path("RAC_ACCESS_LOG", Path.of(file))),
                environment.text("RAC_METRICS_BIND", "127.0.0.1"),
                environment.port("RAC_METRICS_PORT", 0));
    }

    private static long hostMemoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static Duration bounded(Environment environment, String name, Duration defaultValue, Duration longest) {
        Duration duration = environment.duration(name, defaultValue);
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(longest) > 0) {
            environment.error(name, "is out of range", "expected 100ms to " + longest.toHours() + "h");
            return defaultValue;
        }
        return duration;
    }

    private static String domain(Environment environment) {
        String domain = environment.text("RAC_DOMAIN", "localhost").toLowerCase(Locale.ROOT);
        if (domain.length() > MAX_DOMAIN || !DOMAIN.matcher(domain).matches()) {
            environment.error("RAC_DOMAIN", "is \"" + domain + "\"", "expected a host name without a port");
        }
        return domain;
    }

    private static URI service(Environment environment, String name, String example) {
        if (environment.find(name).isEmpty()) {
            environment.error(name, "is not set", "expected a URL such as " + example);
            return UNSET;
        }
        URI url = environment.url(name).orElse(UNSET);
        String path = url.getRawPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            environment.error(name, "is \"" + url + "\"", "expected a URL without a path, such as " + example);
        }
        return url;
    }
}
