package dev.rac.notifier.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads an image's labels and gathers warnings about them: a wrong value reads as the default. Not thread-safe.
 */
final class Labels {
    private static final int MAX_WARNINGS = 50;
    private static final int MAX_SHOWN = 60;

    private final SortedMap<String, String> labels;
    private final List<String> warnings = new ArrayList<>();

    Labels(Map<String, String> labels) {
        this.labels = new TreeMap<>(labels);
    }

    /** All labels, in the order of their names. */
    SortedMap<String, String> all() {
        return labels;
    }

    /** The value without surrounding white space; an empty one counts as not set. */
    Optional<String> find(String name) {
        return Optional.ofNullable(labels.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * A value, where it is set and right.
     *
     * @param parse gives nothing for a wrong value
     */
    <T> Optional<T> find(String name, String expected, Function<String, Optional<T>> parse) {
        return find(name).flatMap(text -> {
            Optional<T> value = parse.apply(text);
            if (value.isEmpty()) {
                warn(name + " is \"" + shown(text) + "\": expected " + expected + "; the default is used");
            }
            return value;
        });
    }

    boolean flag(String name, boolean defaultValue) {
        return find(name, "true or false", text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.<Boolean>empty();
                })
                .orElse(defaultValue);
    }

    /** A whole number from {@code min} to {@code max}. */
    Optional<Integer> number(String name, int min, int max) {
        return find(name, "a whole number from " + min + " to " + max, text -> Quantities.wholeNumber(text, min, max));
    }

    void warn(String warning) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(warning);
        }
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** A label's name or value, short and without what would garble a log. */
    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > MAX_SHOWN ? cut(printable, MAX_SHOWN) + "…" : printable;
    }

    /** At most the first {@code length} characters, and never half of one. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
