package dev.rac.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The child's life; a script stands for the registry, which here only has to live and to die. */
final class RegistryProcessTest {
    @TempDir
    private Path directory;

    @Test
    void theRegistryIsStartedAgainWhenItEndsByItself() throws Exception {
        Path starts = directory.resolve("starts");
        try (var process = start("echo started >>" + starts + "; echo why; exit 1")) {
            await().untilAsserted(() -> assertThat(Files.readAllLines(starts)).hasSizeGreaterThanOrEqualTo(2));
            assertThat(process.log()).content().startsWith("why\n");
        }
    }

    @Test
    void theRegistryEndsWithTheStackAndIsNotStartedAgain() throws Exception {
        Path starts = directory.resolve("starts");
        Path ends = directory.resolve("ends");
        var process = start("trap 'echo ended >>" + ends + "; exit' TERM; echo started >>" + starts
                + "; while :; do sleep 0.01; done");
        await().untilAsserted(() -> assertThat(starts).content().hasLineCount(1));
        process.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(ends).content().hasLineCount(1);
        assertThat(starts).content().hasLineCount(1);
    }

    @Test
    void oneRunsAfterManyRestarts() throws Exception {
        Path starts = directory.resolve("starts");
        Path ends = directory.resolve("ends");
        try (var process = start("trap 'echo ended >>" + ends + "; exit' TERM; echo started >>" + starts
                + "; while :; do sleep 0.01; done")) {
            await().untilAsserted(() -> assertThat(starts).content().hasLineCount(1));
            for (int restarts = 1; restarts <= 20; restarts++) {
                process.restart();
                int expected = restarts + 1;
                await().untilAsserted(() -> assertThat(starts).content().hasLineCount(expected));
            }
            // Longer than the supervisor waits before it starts one that ended by itself.
            await().during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> {
                        assertThat(starts).content().hasLineCount(21);
                        assertThat(ends).content().hasLineCount(20);
                    });
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void whatItPrintsIsKept() throws Exception {
        try (var process = start("echo one; echo two >&2; exec sleep 60")) {
            await().untilAsserted(() -> assertThat(process.log()).content().contains("one", "two"));
        }
    }

    private RegistryProcess start(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("registry.sh"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return RegistryProcess.start(
                new RegistryProgram.Binary(file), directory.resolve("config.yml"), directory.resolve("registry.log"));
    }
}
