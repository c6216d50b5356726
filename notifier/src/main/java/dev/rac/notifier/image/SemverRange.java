package dev.rac.notifier.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of versions, written as npm's ranges: comparators that must all hold, alternatives between {@code ||}. A
 * pre-release is in only where a comparator names a pre-release of the same version.
 */
record SemverRange(List<List<Bound>> alternatives) {
    private static final Pattern COMPARATOR = Pattern.compile(
            "(\\^|~|>=|<=|>|<|=)?\\s*v?([0-9]{1,9}|[xX*])(?:\\.([0-9]{1,9}|[xX*]))?(?:\\.([0-9]{1,9}|[xX*]))?"
                    + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*+))?");

    SemverRange {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /**
     * One side of an interval.
     *
     * @param lower whether versions must be above it, or below it
     * @param inclusive whether the version itself is in
     */
    record Bound(boolean lower, boolean inclusive, Version version) {
        boolean allows(Version other) {
            int order = other.compareTo(version);
            return order == 0 ? inclusive : lower == order > 0;
        }
    }

    boolean contains(Version version) {
        return alternatives.stream()
                .anyMatch(bounds -> bounds.stream().allMatch(bound -> bound.allows(version))
                        && (version.preRelease().isEmpty()
                                || bounds.stream()
                                        .map(Bound::version)
                                        .anyMatch(
                                                named -> !named.preRelease().isEmpty() && named.sameRelease(version))));
    }

    static Optional<SemverRange> parse(String text) {
        var alternatives = new ArrayList<List<Bound>>();
        for (String alternative : text.split("\\|\\|", -1)) {
            Optional<List<Bound>> bounds = bounds(alternative.strip());
            if (bounds.isEmpty()) {
                return Optional.empty();
            }
            alternatives.add(bounds.get());
        }
        return Optional.of(new SemverRange(alternatives));
    }

    private static Optional<List<Bound>> bounds(String text) {
        var bounds = new ArrayList<Bound>();
        Matcher matcher = COMPARATOR.matcher(text);
        int end = 0;
        while (end < text.length()) {
            matcher.region(end, text.length());
            if (!matcher.lookingAt()) {
                return Optional.empty();
            }
            bounds.addAll(comparator(matcher));
            int next = matcher.end();
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            if (next == matcher.end() && next < text.length()) {
                return Optional.empty();
            }
            end = next;
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(bounds);
    }

    // What is left out, or is an x, stands for any number: "1.2" holds all of 1.2.x.
    private static List<Bound> comparator(Matcher matcher) {
        int given = given(matcher);
        if (given == 0) {
            return List.of(new Bound(true, true, Version.of(0, 0, 0)));
        }
        int major = Integer.parseInt(matcher.group(2));
        int minor = given > 1 ? Integer.parseInt(matcher.group(3)) : 0;
        int patch = given > 2 ? Integer.parseInt(matcher.group(4)) : 0;
        String preRelease = given > 2 ? matcher.group(5) : null;
        var low = new Version(major, minor, patch, preRelease == null ? List.of() : List.of(preRelease.split("\\.")));
        Version next = given == 1 ? Version.of(major + 1, 0, 0) : Version.of(major, minor + 1, 0);
        String operator = matcher.group(1) == null ? "=" : matcher.group(1);
        return switch (operator) {
            case ">" -> List.of(given < 3 ? new Bound(true, true, next) : new Bound(true, false, low));
            case ">=" -> List.of(new Bound(true, true, low));
            case "<" -> List.of(new Bound(false, false, low));
            case "<=" -> List.of(given < 3 ? new Bound(false, false, next) : new Bound(false, true, low));
            case "^" -> List.of(new Bound(true, true, low), new Bound(false, false, compatible(low, given)));
            case "~" -> List.of(new Bound(true, true, low), new Bound(false, false, next));
            default ->
                given < 3
                        ? List.of(new Bound(true, true, low), new Bound(false, false, next))
                        : List.of(new Bound(true, true, low), new Bound(false, true, low));
        };
    }

    // The first version that changes the leftmost number that is not zero.
    private static Version compatible(Version low, int given) {
        if (low.major() > 0 || given == 1) {
            return Version.of(low.major() + 1, 0, 0);
        }
        return low.minor() > 0 || given == 2 ? Version.of(0, low.minor() + 1, 0) : Version.of(0, 0, low.patch() + 1);
    }

    private static int given(Matcher matcher) {
        int given = 0;
        while (given < 3
                && matcher.group(2 + given) != null
                && Character.isDigit(matcher.group(2 + given).charAt(0))) {
            given++;
        }
        return given;
    }
}
