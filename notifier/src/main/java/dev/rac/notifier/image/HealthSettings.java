package dev.rac.notifier.image;

import dev.rac.service.settings.Environment;
import dev.rac.targets.App;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long an app may take to start, and where it says that it has. */
final class HealthSettings {
    // Less than requests wait for a waking app unless set otherwise: they shall hear why it did not start.
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(50);
    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    // A path and query in the characters of RFC 3986.
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]{0,255}");

    private HealthSettings() {}

    static App.Health read(Optional<ImageConfig.HealthCheck> healthCheck, Labels labels) {
        Optional<String> path = labels.find(
                "rac.health.path",
                "a path that begins with /",
                text -> Optional.of(text).filter(value -> PATH.matcher(value).matches()));
        Duration timeout = labels.find(
                        "rac.health.timeout", "a duration such as 30s or 5m, from 1s to 10m", HealthSettings::timeout)
                .orElseGet(() -> healthCheck.map(HealthSettings::patience).orElse(DEFAULT_TIMEOUT));
        return new App.Health(path, timeout);
    }

    private static Optional<Duration> timeout(String text) {
        return Environment.parseDuration(text)
                .filter(value -> value.compareTo(MIN_TIMEOUT) >= 0 && value.compareTo(MAX_TIMEOUT) <= 0);
    }

    // Docker calls a container unhealthy after its start period and so many failures; give up no earlier than that.
    private static Duration patience(ImageConfig.HealthCheck check) {
        try {
            Duration patience = check.startPeriod()
                    .plus(check.interval().plus(check.timeout()).multipliedBy(check.retries()));
            Duration atMost = patience.compareTo(MAX_TIMEOUT) > 0 ? MAX_TIMEOUT : patience;
            return atMost.compareTo(DEFAULT_TIMEOUT) < 0 ? DEFAULT_TIMEOUT : atMost;
        } catch (ArithmeticException e) {
            return MAX_TIMEOUT;
        }
    }
}
