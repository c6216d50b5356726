package dev.rac.targets;

import java.time.Instant;

/**
 * A line of an app's output.
 *
 * @param at when it was written, by the platform's clock
 * @param text without its end; what is not UTF-8 is replaced, and what is longer than {@value #MAX_CHARACTERS} cut off
 */
public record LogLine(Instant at, String text) {
    /** No line is longer. */
    public static final int MAX_CHARACTERS = 16_384;
}
