package dev.rac.notifier.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.secret.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentKeyTest {
    @TempDir
    Path directory;

    private EnvironmentKey open() {
        return EnvironmentKey.open(directory.resolve("notifier/env.key"), new SecureRandom());
    }

    @Test
    void itIsMadeOnceForItsOwnerOnly() throws IOException {
        EnvironmentKey first = open();
        String sealed = first.seal("hello", "A", "1");

        assertThat(open().open("hello", "A", sealed)).contains("1");
        assertThat(open().id()).isEqualTo(first.id());
        Path file = directory.resolve("notifier/env.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain(first.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "zz", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"})
    void aDamagedFileIsNamedAndLeftAsItIs(String content) throws IOException {
        Path file = Files.createDirectories(directory.resolve("notifier")).resolve("env.key");
        Files.writeString(file, content);

        assertThatThrownBy(this::open)
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("restore it from a backup");
        assertThat(Files.readString(file)).isEqualTo(content);
    }
}
