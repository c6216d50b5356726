package dev.rac.backup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A backup in the bucket.
 *
 * @param takenAt to the second
 * @param encrypted whether it holds keys and secrets too, and opens with a password only
 */
public record StoredBackup(Instant takenAt, boolean encrypted, long sizeBytes) {
    static final String PREFIX = "rac-backups/";

    private static final String PLAIN = ".zip";
    private static final String ENCRYPTED = ".zip.encrypted";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What {@code rac restore} is given. */
    public String name() {
        return NAME.format(takenAt);
    }

    String key() {
        return PREFIX + name() + (encrypted ? ENCRYPTED : PLAIN);
    }

    /** The backup under a key; empty if that is none. */
    static Optional<StoredBackup> parse(String key, long sizeBytes) {
        boolean encrypted = key.endsWith(ENCRYPTED);
        String suffix = encrypted ? ENCRYPTED : PLAIN;
        if (!key.startsWith(PREFIX) || !key.endsWith(suffix)) {
            return Optional.empty();
        }
        try {
            Instant takenAt = NAME.parse(key.substring(PREFIX.length(), key.length() - suffix.length()), Instant::from);
            return Optional.of(new StoredBackup(takenAt, encrypted, sizeBytes));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
