package dev.rac.registryauth.audit;

import java.time.Instant;
import java.util.regex.Pattern;

/** The ids of entries: 24 hexadecimal digits that sort by time. */
final class EntryId {
    private static final Pattern PATTERN = Pattern.compile("[0-9a-f]{24}");

    private EntryId() {}

    /** The first 12 digits of the ids of a millisecond; as a whole id it would be before all of them. */
    static String of(Instant time) {
        return "%012x".formatted(Math.max(0, time.toEpochMilli()));
    }

    static boolean valid(String text) {
        return PATTERN.matcher(text).matches();
    }
}
