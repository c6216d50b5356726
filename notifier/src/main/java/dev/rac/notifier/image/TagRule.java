package dev.rac.notifier.image;

import dev.rac.notifier.event.References;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which tags of a repository release its app ({@code rac.tag}); the others make previews. */
public sealed interface TagRule {
    /** The rule of an image that says nothing. */
    TagRule LATEST = new Name("latest");

    /** Whether a push of {@code tag} releases. */
    boolean releases(String tag);

    /** One tag. */
    record Name(String name) implements TagRule {
        @Override
        public boolean releases(String tag) {
            return tag.equals(name);
        }
    }

    /** A pattern in which {@code *} stands for any characters and {@code ?} for one. */
    record Glob(String pattern) implements TagRule {
        @Override
        public boolean releases(String tag) {
            return Globs.match(pattern, tag);
        }
    }

    /** Versions, with or without a leading {@code v}; a tag that is no full version does not release. */
    record Range(SemverRange range) implements TagRule {
        @Override
        public boolean releases(String tag) {
            return Version.parse(tag).filter(range::contains).isPresent();
        }
    }

    /**
     * Reads a rule: a tag, a glob, or a range such as {@code ^1.2}, {@code >=1 <3}, {@code 1.x || 2.x}.
     *
     * @return empty if it is none of them
     */
    static Optional<TagRule> parse(String text) {
        if (Patterns.RANGE.matcher(text).find()) {
            return SemverRange.parse(text).map(Range::new);
        }
        if (Patterns.GLOB.matcher(text).matches()) {
            return Optional.of(new Glob(text));
        }
        return References.isTag(text) ? Optional.of(new Name(text)) : Optional.empty();
    }

    /** How the three forms are told apart. */
    final class Patterns {
        // An operator, white space between comparators, or a version that ends in x.
        private static final Pattern RANGE =
                Pattern.compile("^[v^~<>=]*[\\^~<>=]|\\s|\\|\\||^v?\\d{1,9}(\\.\\d{1,9})?(\\.[xX]){1,2}$");
        private static final Pattern GLOB = Pattern.compile("(?=.*[*?])[A-Za-z0-9_.*?-]{1,128}");

        private Patterns() {}
    }
}
