package dev.rac.targets.docker;

import com.github.dockerjava.api.model.Frame;
import dev.rac.targets.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Makes lines of the frames in which an engine sends a container's output. */
final class LogTail implements Consumer<Frame> {
    // The lines are kept in a label of the container: an endless line must not fill it.
    private static final int MAX_LINE_CHARACTERS = 1000;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Override
    public void accept(Frame frame) {
        output.writeBytes(frame.getPayload());
    }

    /** The last lines, oldest first, long ones cut off; what is not UTF-8 is replaced. */
    List<String> lines() {
        List<String> all = output.toString(StandardCharsets.UTF_8).lines().toList();
        return all.stream()
                .skip(Math.max(0, all.size() - Failure.MAX_LOG_LINES))
                .map(line -> line.length() <= MAX_LINE_CHARACTERS ? line : line.substring(0, MAX_LINE_CHARACTERS) + "…")
                .toList();
    }
}
