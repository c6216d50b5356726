package dev.rac.notifier.image;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version (Semantic Versioning 2.0.0).
 *
 * @param preRelease its identifiers, none for a release
 */
record Version(int major, int minor, int patch, List<String> preRelease) implements Comparable<Version> {
    private static final Pattern FULL =
            Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*+))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    Version {
        preRelease = List.copyOf(preRelease);
    }

    static Version of(int major, int minor, int patch) {
        return new Version(major, minor, patch, List.of());
    }

    /** A full version, with or without a leading {@code v}. */
    static Optional<Version> parse(String text) {
        Matcher matcher = FULL.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String preRelease = matcher.group(4);
        return Optional.of(new Version(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                preRelease == null ? List.of() : List.of(preRelease.split("\\."))));
    }

    boolean sameRelease(Version other) {
        return major == other.major && minor == other.minor && patch == other.patch;
    }

    /** Precedence, section 11. */
    @Override
    public int compareTo(Version other) {
        int byNumbers = Integer.compare(major, other.major);
        byNumbers = byNumbers != 0 ? byNumbers : Integer.compare(minor, other.minor);
        byNumbers = byNumbers != 0 ? byNumbers : Integer.compare(patch, other.patch);
        return byNumbers != 0 ? byNumbers : comparePreRelease(preRelease, other.preRelease);
    }

    private static int comparePreRelease(List<String> left, List<String> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int byIdentifier = compareIdentifier(left.get(i), right.get(i));
            if (byIdentifier != 0) {
                return byIdentifier;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareIdentifier(String left, String right) {
        boolean leftNumber = NUMBER.matcher(left).matches();
        boolean rightNumber = NUMBER.matcher(right).matches();
        if (leftNumber && rightNumber) {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        }
        return leftNumber == rightNumber ? left.compareTo(right) : Boolean.compare(rightNumber, leftNumber);
    }
}
