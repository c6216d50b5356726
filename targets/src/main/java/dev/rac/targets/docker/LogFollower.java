package dev.rac.targets.docker;

import com.github.dockerjava.api.model.Frame;
import dev.rac.targets.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes lines of the frames in which an engine sends a container's output with timestamps: one or more to a frame. */
final class LogFollower implements Consumer<Frame> {
    private final Optional<Instant> since;
    private final Consumer<LogLine> lines;

    /** Leaves out what was written before {@code since}: engines know whole seconds only. */
    LogFollower(Optional<Instant> since, Consumer<LogLine> lines) {
        this.since = since;
        this.lines = lines;
    }

    @Override
    public void accept(Frame frame) {
        new String(frame.getPayload(), StandardCharsets.UTF_8).lines().forEach(this::line);
    }

    private void line(String stamped) {
        int space = stamped.indexOf(' ');
        try {
            Instant at = Instant.parse(space < 0 ? stamped : stamped.substring(0, space));
            String text = space < 0 ? "" : stamped.substring(space + 1);
            if (since.filter(at::isBefore).isEmpty()) {
                lines.accept(new LogLine(at, text.substring(0, Math.min(text.length(), LogLine.MAX_CHARACTERS))));
            }
        } catch (DateTimeException e) {
            // Not of the log's own form, as a notice of the engine in its midst.
            lines.accept(new LogLine(since.orElse(Instant.EPOCH), stamped));
        }
    }
}
