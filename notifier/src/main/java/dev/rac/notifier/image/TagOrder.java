package dev.rac.notifier.image;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which of two tags of a repository names the newer image, as far as tags can tell: {@code latest} above all versions,
 * these by precedence (Semantic Versioning 2.0.0), above all other tags, whose numbers count as numbers. Pure.
 */
public final class TagOrder {
    /** The older one first. */
    public static final Comparator<String> OLDEST_FIRST = Comparator.comparing((String tag) -> tag.equals("latest"))
            .thenComparing(Version::parse, TagOrder::compare)
            .thenComparing(TagOrder::padded)
            .thenComparing(Comparator.naturalOrder());

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    // As long as a tag may be.
    private static final int MAX_DIGITS = 128;

    private TagOrder() {}

    private static int compare(Optional<Version> left, Optional<Version> right) {
        return left.isPresent() && right.isPresent()
                ? left.get().compareTo(right.get())
                : Boolean.compare(left.isPresent(), right.isPresent());
    }

    private static String padded(String tag) {
        return NUMBER.matcher(tag)
                .replaceAll(number -> "0".repeat(MAX_DIGITS - number.group().length()) + number.group());
    }
}
