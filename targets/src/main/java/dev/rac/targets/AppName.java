package dev.rac.targets;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An app's name: its identity on a target and the first label of its host ({@code <name>.<domain>}).
 *
 * @param value a DNS label (RFC 1123, section 2.1): 1 to 63 lower-case letters, digits and dashes
 */
public record AppName(String value) {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public AppName {
        if (!DNS_LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException("not a DNS label: " + value);
        }
    }

    /** Nothing if the text is no DNS label. */
    public static Optional<AppName> parse(String text) {
        return DNS_LABEL.matcher(text).matches() ? Optional.of(new AppName(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
