package dev.rac.targets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.LogLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StampedLinesTest {
    private static final Instant FIRST = Instant.parse("2026-11-22T03:04:05.000000001Z");
    private static final Instant SECOND = Instant.parse("2026-11-22T03:04:05.000000002Z");

    @Test
    void eachLineHasItsTime() throws IOException {
        assertThat(read(Optional.empty(), FIRST + " one\n" + SECOND + " \n" + SECOND + " a b\r\n"))
                .containsExactly(new LogLine(FIRST, "one"), new LogLine(SECOND, ""), new LogLine(SECOND, "a b"));
    }

    @Test
    void whatWasWrittenBeforeIsLeftOut() throws IOException {
        assertThat(read(Optional.of(SECOND), FIRST + " one\n" + SECOND + " two\n"))
                .containsExactly(new LogLine(SECOND, "two"));
    }

    @Test
    void aLastLineWithoutAnEndIsOne() throws IOException {
        assertThat(read(Optional.empty(), FIRST + " one")).containsExactly(new LogLine(FIRST, "one"));
    }

    @Test
    void aLineWithoutATimeIsToldAsItIs() throws IOException {
        assertThat(read(Optional.of(FIRST), "rpc error: the log is gone\n"))
                .containsExactly(new LogLine(FIRST, "rpc error: the log is gone"));
    }

    @Test
    void aLineWithoutEndIsCutOffAndTheNextOneIsWhole() throws IOException {
        assertThat(read(Optional.empty(), FIRST + " " + "ä".repeat(1 << 20) + "\n" + SECOND + " two\n"))
                .containsExactly(new LogLine(FIRST, "ä".repeat(LogLine.MAX_CHARACTERS)), new LogLine(SECOND, "two"));
    }

    private static List<LogLine> read(Optional<Instant> since, String output) throws IOException {
        var lines = new ArrayList<LogLine>();
        StampedLines.read(new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8)), since, lines::add);
        return lines;
    }
}
