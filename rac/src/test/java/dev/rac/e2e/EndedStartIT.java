package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM in the middle of the start: whatever has begun by then ends too. */
final class EndedStartIT {
    private final String namespace = "e2e-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path directory;

    @AfterEach
    void cleanUp() throws Exception {
        new DockerPlatform().cleanUp(namespace);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 900, 1500, 2200, 3000, 4000})
    void endsWithAllItsChildren(int millis) throws Exception {
        Process process = RunningStack.begin(directory, namespace, Map.of("RAC_TARGET", "docker"));
        // No condition to wait for: any moment will do, and the test passes at each.
        process.waitFor(millis, TimeUnit.MILLISECONDS);

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ProcessHandle.allProcesses().noneMatch(this::isOfTheStack));
    }

    private boolean isOfTheStack(ProcessHandle other) {
        return other.info().commandLine().orElse("").contains(directory.toString());
    }
}
