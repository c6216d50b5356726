package dev.rac.notifier.image;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The variables that {@code rac.env.<NAME>} sets. */
final class Variables {
    static final String PREFIX = "rac.env.";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    // A Kubernetes object's annotations hold 256 KiB together.
    private static final int MAX_CHARACTERS = 65_536;

    private Variables() {}

    /** The variables by name; the caller may add to them. */
    static SortedMap<String, String> read(Labels labels) {
        var variables = new TreeMap<String, String>();
        int characters = 0;
        for (var label : labels.all().tailMap(PREFIX).entrySet()) {
            if (!label.getKey().startsWith(PREFIX)) {
                break;
            }
            String name = label.getKey().substring(PREFIX.length());
            String value = label.getValue();
            if (!NAME.matcher(name).matches()) {
                labels.warn(Labels.shown(label.getKey()) + " names no variable: expected letters, digits and _");
            } else if (value.indexOf('\0') >= 0 || characters + name.length() + value.length() > MAX_CHARACTERS) {
                labels.warn(
                        Labels.shown(label.getKey()) + " is not set: it holds a NUL, or the variables are longer than "
                                + MAX_CHARACTERS + " characters together");
            } else {
                characters += name.length() + value.length();
                variables.put(name, value);
            }
        }
        return variables;
    }
}
