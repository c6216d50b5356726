package dev.rac.cli.token;

import dev.rac.cli.api.UsageException;
import dev.rac.service.settings.Environment;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** When an access token ends. Pure. */
final class Expiry {
    private Expiry() {}

    /**
     * The time as the API takes it.
     *
     * @param text a duration from now on, or a time
     * @throws UsageException if it is neither
     */
    static String of(String text, Clock clock) {
        return Environment.parseDuration(text)
                .map(duration -> clock.instant().plus(duration).toString())
                .orElseGet(() -> time(text));
    }

    private static String time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeException e) {
            throw new UsageException("--expires takes a duration (90d, 12h) or a time (2027-01-01T00:00:00Z)");
        }
    }
}
