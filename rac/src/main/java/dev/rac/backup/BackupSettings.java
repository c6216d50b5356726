package dev.rac.backup;

import dev.rac.service.settings.Environment;
import java.time.Duration;
import java.util.Optional;

/**
 * How the local stack is backed up.
 *
 * @param every from one backup to the next, ten seconds or more; empty: none is taken
 * @param password encrypts backups, which then hold the keys and secrets too; empty: the databases only
 */
public record BackupSettings(Optional<Duration> every, Optional<String> password) {
    private static final Duration DEFAULT_EVERY = Duration.ofDays(1);
    private static final Duration MIN_EVERY = Duration.ofSeconds(10);
    private static final int MIN_PASSWORD_LENGTH = 12;
    private static final String OFF = "off";

    /** From {@code RAC_BACKUP_EVERY} and {@code RAC_BACKUP_PASSWORD}. */
    public static BackupSettings read(Environment environment) {
        Optional<Duration> every = environment.text("RAC_BACKUP_EVERY", "").equals(OFF)
                ? Optional.empty()
                : Optional.of(environment.value(
                        "RAC_BACKUP_EVERY",
                        DEFAULT_EVERY,
                        "expected a duration of 10s or more, such as 12h or 1d, or off",
                        text -> Environment.parseDuration(text).filter(given -> given.compareTo(MIN_EVERY) >= 0)));
        Optional<String> password = environment.find("RAC_BACKUP_PASSWORD");
        if (password.filter(given -> given.length() < MIN_PASSWORD_LENGTH).isPresent()) {
            environment.error(
                    "RAC_BACKUP_PASSWORD",
                    "is too short",
                    "expected at least " + MIN_PASSWORD_LENGTH + " characters, for it protects every key");
        }
        return new BackupSettings(every, password);
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "BackupSettings[every=" + every + ", encrypted=" + password.isPresent() + "]";
    }
}
