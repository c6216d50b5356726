package dev.rac.registryauth.scope;

import java.util.Optional;

/**
 * A repository's name in the registry, such as {@code alice/hello}, by the grammar of Distribution's
 * {@code reference} package: lower-case components with single separators, at most 255 characters.
 */
public record RepositoryName(String value) {
    /** What a name looks like, for messages. */
    public static final String GRAMMAR =
            "lower-case letters and digits, inside them one of . _ __ or dashes, in components parted by /,"
                    + " at most 255 characters, such as alice/hello";

    private static final int MAX_LENGTH = 255;

    /** Keeps the invariant; text from outside goes through {@link #parse}. */
    public RepositoryName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("\"" + value + "\" is no repository name");
        }
    }

    /** The name, or nothing if the text is none. */
    public static Optional<RepositoryName> parse(String text) {
        return isValid(text) ? Optional.of(new RepositoryName(text)) : Optional.empty();
    }

    // By hand, since every scope of every request comes through here, and several times: a regular expression took a
    // third of the time of a token for many repositories.
    static boolean isValid(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        int start = 0;
        int end = wordEnd(text, start);
        while (end > start && end < text.length()) {
            start = separatorEnd(text, end);
            end = start > end ? wordEnd(text, start) : start;
        }
        return end > start;
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Where the separator ends that begins there; there itself, if none does. */
    private static int separatorEnd(String text, int start) {
        return switch (text.charAt(start)) {
            case '.', '/' -> start + 1;
            case '_' -> text.startsWith("__", start) ? start + 2 : start + 1;
            case '-' -> dashesEnd(text, start);
            default -> start;
        };
    }

    private static int dashesEnd(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) == '-') {
            end++;
        }
        return end;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return value;
    }
}
