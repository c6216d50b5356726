package dev.rac.targets.kubernetes;

import dev.rac.targets.Failure;
import java.util.List;

/** The end of a process's output. Pure. */
final class LogLines {
    // The lines are kept in an annotation; all of an object's may have 256 KiB. A character takes up to 6 bytes there.
    private static final int MAX_LINE_CHARACTERS = 500;

    private LogLines() {}

    /** The last lines, oldest first, long ones cut off. */
    static List<String> last(String output) {
        List<String> all = output.lines().toList();
        return all.stream()
                .skip(Math.max(0, all.size() - Failure.MAX_LOG_LINES))
                .map(line -> line.length() <= MAX_LINE_CHARACTERS ? line : line.substring(0, MAX_LINE_CHARACTERS) + "…")
                .toList();
    }
}
