package dev.rac.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingLogTest {
    @TempDir
    private Path directory;

    @Test
    void aFullFileBecomesThePreviousOneAndNoMoreAreKept() throws IOException {
        var log = new RotatingLog(directory.resolve("registry.log"), 10);
        try (var child = new PipedOutputStream()) {
            log.follow(new PipedInputStream(child));
            for (String line : new String[] {"first\n", "second\n", "third\n"}) {
                child.write(line.getBytes(StandardCharsets.UTF_8));
                child.flush();
                await().untilAsserted(() -> assertThat(log.path()).hasContent(line));
            }
        }
        assertThat(log.previous()).hasContent("second\n");
        assertThat(directory.toFile().list()).hasSize(2);
    }

    @Test
    void whatIsThereAlreadyStays() throws IOException {
        var log = new RotatingLog(Files.writeString(directory.resolve("registry.log"), "before\n"), 100);
        log.follow(new ByteArrayInputStream("after\n".getBytes(StandardCharsets.UTF_8)));
        await().untilAsserted(() -> assertThat(log.path()).hasContent("before\nafter\n"));
    }

    @Test
    void outputIsReadToItsEndWhereNothingCanBeWritten() throws IOException {
        var log = new RotatingLog(directory.resolve("missing").resolve("registry.log"), 100);
        var output = new ByteArrayInputStream(new byte[100_000]);
        log.follow(output);
        await().untilAsserted(() -> assertThat(output.available()).isZero());
    }
}
