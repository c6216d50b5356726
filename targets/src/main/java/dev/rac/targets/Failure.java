package dev.rac.targets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why an app does not run.
 *
 * @param reason one sentence for the pusher; what the platform said of it, which strangers are not told, comes after a
 *     colon and a space
 * @param exitCode the process's exit status, when it ended
 * @param at when it was seen
 * @param logLines the last lines of its output, oldest first
 */
public record Failure(String reason, Optional<Integer> exitCode, Instant at, List<String> logLines) {
    /** How many of the last log lines are kept. */
    public static final int MAX_LOG_LINES = 50;

    public Failure {
        logLines = List.copyOf(logLines);
    }
}
