package dev.rac.cli.api;

import java.util.regex.Pattern;

/** What others wrote, made fit to be printed. Pure. */
public final class Words {
    // A terminal obeys some of them.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Words() {}

    /** The text without line breaks and control characters. */
    public static String oneLine(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }
}
