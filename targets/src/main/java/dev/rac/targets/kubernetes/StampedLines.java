package dev.rac.targets.kubernetes;

import dev.rac.targets.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the lines of a log that has a timestamp before each. */
final class StampedLines {
    // A timestamp, and characters of up to four bytes. What is longer is not held.
    private static final int MAX_BYTES = 64 + 4 * LogLine.MAX_CHARACTERS;

    private StampedLines() {}

    /** Reads until the stream's end; leaves out what was written before {@code since}. */
    static void read(InputStream stamped, Optional<Instant> since, Consumer<LogLine> lines) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = stamped.read(); read >= 0; read = stamped.read()) {
            if (read == '\n') {
                tell(line, since, lines);
                line.reset();
            } else if (line.size() < MAX_BYTES) {
                line.write(read);
            }
        }
        if (line.size() > 0) {
            tell(line, since, lines);
        }
    }

    private static void tell(ByteArrayOutputStream bytes, Optional<Instant> since, Consumer<LogLine> lines) {
        String stamped = bytes.toString(StandardCharsets.UTF_8);
        int space = stamped.indexOf(' ');
        try {
            Instant at = Instant.parse(space < 0 ? stamped : stamped.substring(0, space));
            if (since.filter(at::isBefore).isEmpty()) {
                lines.accept(new LogLine(at, cut(space < 0 ? "" : stamped.substring(space + 1))));
            }
        } catch (DateTimeException e) {
            // Not of the log's own form, as a notice of the kubelet in its midst.
            lines.accept(new LogLine(since.orElse(Instant.EPOCH), cut(stamped)));
        }
    }

    private static String cut(String text) {
        String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        return line.substring(0, Math.min(line.length(), LogLine.MAX_CHARACTERS));
    }
}
