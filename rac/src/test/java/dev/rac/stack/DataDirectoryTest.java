package dev.rac.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void isMadeForItsOwnerOnly() throws Exception {
        Path path = parent.resolve("a/data");
        try (var data = DataDirectory.open(path)) {
            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(data.directory("log")).isDirectory();
        }
    }

    @Test
    void isHeldByOneStackAtATime() throws Exception {
        try (var held = DataDirectory.open(parent)) {
            assertThat(held.resolve("lock")).exists();
            assertThatThrownBy(() -> DataDirectory.open(parent))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("another RAC uses " + parent);
        }
        DataDirectory.open(parent).close();
    }

    @Test
    void aPlaceThatIsNoDirectoryIsAClearError() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("RAC_DATA");
    }
}
