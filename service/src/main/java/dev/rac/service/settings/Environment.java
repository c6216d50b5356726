package dev.rac.service.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads settings from environment variables and gathers what is wrong with them, so that one start reports
 * every wrong setting. A wrong or missing value reads as its default until {@link #check()} throws.
 *
 * <p>An empty variable counts as unset. Not thread-safe: settings are read once, at start.
 */
public final class Environment {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final Map<String, String> variables;
    private final List<String> errors = new ArrayList<>();

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The value as it stands, without surrounding white space. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String name, String defaultValue) {
        return find(name).orElse(defaultValue);
    }

    /** A value that must be there; {@code hint} tells the user what to set. */
    public String required(String name, String hint) {
        return find(name).orElseGet(() -> {
            error(name, "is not set", hint);
            return "";
        });
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int number(String name, int defaultValue, int min, int max) {
        return value(name, defaultValue, "expected a whole number from " + min + " to " + max, text -> {
            int value = Integer.parseInt(text);
            return value >= min && value <= max ? Optional.of(value) : Optional.empty();
        });
    }

    /** A TCP port, 0 to 65535; 0 takes any free port. */
    public int port(String name, int defaultValue) {
        return number(name, defaultValue, 0, 65_535);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean defaultValue) {
        return value(name, defaultValue, "expected true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** A whole number with a unit: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}. */
    public Duration duration(String name, Duration defaultValue) {
        return value(
                name,
                defaultValue,
                "expected a duration such as 500ms, 30s, 10m, 2h or 1d",
                Environment::parseDuration);
    }

    /** A {@link #duration} that is not shorter than {@code least}; empty for {@code off}. */
    public Optional<Duration> durationOrOff(String name, Duration defaultValue, Duration least) {
        if (text(name, "").equals("off")) {
            return Optional.empty();
        }
        return Optional.of(value(
                name,
                defaultValue,
                "expected a duration of " + least.toMillis() + "ms or more, such as 5m, or off",
                text -> parseDuration(text).filter(value -> value.compareTo(least) >= 0)));
    }

    /** A path, absolute or relative to the working directory; returned absolute. */
    public Path path(String name, Path defaultValue) {
        return value(name, defaultValue, "expected a path", text -> Optional.of(Path.of(text)))
                .toAbsolutePath()
                .normalize();
    }

    /** An absolute {@code http} or {@code https} URL. */
    public Optional<URI> url(String name) {
        return find(name).flatMap(text -> attempt(name, text, "expected an http or https URL", Environment::httpUrl));
    }

    /** One of the constants of an enum, in lower case. */
    public <T extends Enum<T>> Optional<T> choice(String name, Class<T> type) {
        Map<String, T> choices = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), value -> value));
        String expected = "expected " + choices.keySet().stream().sorted().collect(Collectors.joining(" or "));
        return find(name).flatMap(text -> attempt(name, text, expected, t -> Optional.ofNullable(choices.get(t))));
    }

    /** Notes that a setting is wrong for a reason that only its reader knows. */
    public void error(String name, String found, String expected) {
        String line = name + " " + found + ": " + expected;
        // Several readers may read one setting.
        if (!errors.contains(line)) {
            errors.add(line);
        }
    }

    /** Takes over what another reader of the same variables found wrong. */
    public void addErrors(Environment other) {
        other.errors.stream().filter(line -> !errors.contains(line)).forEach(errors::add);
    }

    /**
     * Ends the reading of settings.
     *
     * @throws InvalidSettingsException naming every wrong setting read so far
     */
    public void check() {
        if (!errors.isEmpty()) {
            throw new InvalidSettingsException(errors);
        }
    }

    /**
     * A value in a form of its own.
     *
     * @param expected what it should look like, for people: "expected …"
     * @param parse empty, or a {@link NumberFormatException}, for a wrong value
     */
    public <T> T value(String name, T defaultValue, String expected, Function<String, Optional<T>> parse) {
        return find(name).flatMap(text -> attempt(name, text, expected, parse)).orElse(defaultValue);
    }

    private <T> Optional<T> attempt(String name, String text, String expected, Function<String, Optional<T>> parse) {
        Optional<T> value;
        try {
            value = parse.apply(text);
        } catch (NumberFormatException | InvalidPathException e) {
            value = Optional.empty();
        }
        if (value.isEmpty()) {
            error(name, "is \"" + text + "\"", expected);
        }
        return value;
    }

    /** Reads a duration in the form of {@link #duration}; empty if it is none. */
    public static Optional<Duration> parseDuration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    private static Optional<URI> httpUrl(String text) {
        try {
            var url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
