package dev.rac.registryauth.scope;

import java.util.Optional;
import java.util.regex.Pattern;

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
    private static final String COMPONENT = "[a-z0-9]++(?:(?:\\.|__?+|-++)[a-z0-9]++)*+";
    private static final Pattern PATTERN = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");

    /** Keeps the invariant; text from outside goes through {@link #parse}. */
    public RepositoryName {
        if (!valid(value)) {
            throw new IllegalArgumentException("\"" + value + "\" is no repository name");
        }
    }

    /** The name, or nothing if the text is none. */
    public static Optional<RepositoryName> parse(String text) {
        return valid(text) ? Optional.of(new RepositoryName(text)) : Optional.empty();
    }

    private static boolean valid(String text) {
        // The length first: it bounds what the pattern has to look at.
        return text.length() <= MAX_LENGTH && PATTERN.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
