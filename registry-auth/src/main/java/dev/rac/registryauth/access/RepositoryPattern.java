package dev.rac.registryauth.access;

import dev.rac.registryauth.scope.RepositoryName;
import java.util.Optional;

/** Stands for one repository, {@code alice/hello}, or for all below a name, {@code alice/*}. */
public record RepositoryPattern(String value) {
    /** What a pattern looks like, for messages. */
    public static final String GRAMMAR = "a repository's name, or the beginning of one and /*, such as alice/*";

    private static final String ALL_BELOW = "/*";

    /** Keeps the invariant; text from outside goes through {@link #parse}. */
    public RepositoryPattern {
        if (!valid(value)) {
            throw new IllegalArgumentException("\"" + value + "\" is no pattern of repositories");
        }
    }

    /** The pattern, or nothing if the text is none. */
    public static Optional<RepositoryPattern> parse(String text) {
        return valid(text) ? Optional.of(new RepositoryPattern(text)) : Optional.empty();
    }

    public boolean matches(RepositoryName repository) {
        return value.endsWith(ALL_BELOW)
                ? repository.value().startsWith(value.substring(0, value.length() - 1))
                : repository.value().equals(value);
    }

    private static boolean valid(String text) {
        String name = text.endsWith(ALL_BELOW) ? text.substring(0, text.length() - ALL_BELOW.length()) : text;
        return RepositoryName.parse(name).isPresent();
    }

    @Override
    public String toString() {
        return value;
    }
}
