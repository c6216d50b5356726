package dev.rac.notifier.image;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The paths that {@code VOLUME} declares. */
final class Volumes {
    // Absolute, not the root, no empty, "." or ".." segment.
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/:\\p{Cntrl}]{1,255}){1,32}");
    private static final int MAX = 16;

    private Volumes() {}

    static List<String> read(List<String> declared, Labels labels) {
        var paths = new TreeSet<String>();
        for (String path : new TreeSet<>(declared)) {
            String normal = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            if (!PATH.matcher(normal).matches()) {
                labels.warn("VOLUME " + Labels.shown(path) + " is not kept: expected an absolute path other than /");
            } else if (paths.size() == MAX && !paths.contains(normal)) {
                labels.warn("VOLUME " + Labels.shown(path) + " is not kept: an app has " + MAX + " volumes at most");
            } else {
                paths.add(normal);
            }
        }
        return List.copyOf(paths);
    }
}
