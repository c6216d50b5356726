package dev.rac.notifier.variable;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;

/** What variables can be: names as POSIX has them (Base Definitions, section 8.1), values of text without NUL. Pure. */
final class VariableLimits {
    /** Variables of one repository. */
    static final int MAX_VARIABLES = 200;
    /** Bytes of one value in UTF-8: Linux takes no more than 128 KiB for a variable. */
    static final int MAX_VALUE_BYTES = 32_768;
    /** Bytes of all names and values of a repository: a Kubernetes Secret holds 1 MiB. */
    static final int MAX_TOTAL_BYTES = 262_144;

    private static final int MAX_NAME = 255;
    private static final int SHOWN = 40;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0," + (MAX_NAME - 1) + "}");

    private VariableLimits() {}

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidVariablesException("\"" + shown(name) + "\" can be no variable's name: it has at most "
                    + MAX_NAME + " letters (A to Z), digits and _, and begins with no digit");
        }
    }

    static void check(String name, String value) {
        checkName(name);
        if (value.indexOf('\0') >= 0) {
            throw new InvalidVariablesException("the value of " + name + " holds a NUL, which no variable can");
        }
        if (bytes(name, value).remaining() > MAX_VALUE_BYTES) {
            throw new InvalidVariablesException(
                    "the value of " + name + " is longer than " + MAX_VALUE_BYTES + " bytes in UTF-8");
        }
    }

    /**
     * Checks all variables that a repository would have.
     *
     * @param bytes of names and values
     */
    static void checkAll(Collection<String> names, long bytes) {
        if (names.size() > MAX_VARIABLES) {
            throw new InvalidVariablesException(
                    "a repository has at most " + MAX_VARIABLES + " variables, and would have " + names.size());
        }
        if (bytes > MAX_TOTAL_BYTES) {
            throw new InvalidVariablesException("a repository's variables have at most " + MAX_TOTAL_BYTES
                    + " bytes together, and would have " + bytes);
        }
    }

    /** Of names and values, in UTF-8. */
    static long totalBytes(Map<String, String> variables) {
        return variables.entrySet().stream()
                .mapToLong(variable -> variable.getKey().length()
                        + bytes(variable.getKey(), variable.getValue()).remaining())
                .sum();
    }

    // Half a surrogate pair would arrive in the container as a question mark.
    private static ByteBuffer bytes(String name, String value) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            throw new InvalidVariablesException("the value of " + name + " is no Unicode text");
        }
    }

    private static String shown(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
    }
}
