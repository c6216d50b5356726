package dev.rac.registryauth.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One repository ({@code alice/hello}), or a namespace: every repository below a path, at any depth ({@code alice/*},
 * {@code alice/team/*}; not {@code alice} itself).
 */
public record RepositoryPattern(String value) {
    /** What a pattern looks like, for messages. */
    public static final String GRAMMAR =
            "a repository's name, or a namespace such as alice/* for what is below it; a name has "
                    + RepositoryName.GRAMMAR;

    /** How many components a namespace may have before its asterisk: it bounds what one look-up looks for. */
    public static final int MAX_NAMESPACE_DEPTH = 8;

    private static final String BELOW = "/*";
    // The shortest repository in a namespace, "<namespace>/x", is as long as the namespace's pattern.
    private static final int MAX_LENGTH = 255;

    /** Keeps the invariant; text from outside goes through {@link #parse}. */
    public RepositoryPattern {
        if (!valid(value)) {
            throw new IllegalArgumentException("\"" + value + "\" is no repository and no namespace");
        }
    }

    /** The pattern, or nothing if the text is none. */
    public static Optional<RepositoryPattern> parse(String text) {
        return valid(text) ? Optional.of(new RepositoryPattern(text)) : Optional.empty();
    }

    public static RepositoryPattern of(RepositoryName repository) {
        return new RepositoryPattern(repository.value());
    }

    public boolean isNamespace() {
        return value.endsWith(BELOW);
    }

    /** Whether the repository is the one, or in the namespace. */
    public boolean covers(RepositoryName repository) {
        return isNamespace()
                ? repository.value().startsWith(path() + '/')
                : repository.value().equals(value);
    }

    /** The first component, which is the same in all patterns that have a repository in common. */
    public String root() {
        int slash = value.indexOf('/');
        return slash < 0 ? value : value.substring(0, slash);
    }

    /** The text of every pattern that covers all that this one covers: itself, then namespaces, the longest first. */
    public List<String> covering() {
        return covering(value, path());
    }

    /** The text of every pattern that covers a repository: itself, then namespaces, the longest first. */
    public static List<String> covering(RepositoryName repository) {
        return covering(repository.value(), repository.value());
    }

    private static List<String> covering(String itself, String path) {
        var namespaces = new ArrayList<String>();
        int slash = path.indexOf('/');
        for (int depth = 1; slash >= 0 && depth <= MAX_NAMESPACE_DEPTH; depth++) {
            namespaces.add(path.substring(0, slash) + BELOW);
            slash = path.indexOf('/', slash + 1);
        }
        namespaces.add(itself);
        return namespaces.reversed();
    }

    private String path() {
        return isNamespace() ? value.substring(0, value.length() - BELOW.length()) : value;
    }

    private static boolean valid(String text) {
        if (text.length() > MAX_LENGTH || !text.endsWith(BELOW)) {
            return RepositoryName.parse(text).isPresent();
        }
        String path = text.substring(0, text.length() - BELOW.length());
        long depth = path.chars().filter(c -> c == '/').count() + 1;
        return depth <= MAX_NAMESPACE_DEPTH && RepositoryName.parse(path).isPresent();
    }

    @Override
    public String toString() {
        return value;
    }
}
