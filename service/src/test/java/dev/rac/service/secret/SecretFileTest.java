package dev.rac.service.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretFileTest {
    @TempDir
    private Path directory;

    @Test
    void aSecretIsMadeOnceAndOnlyItsOwnerCanReadIt() throws IOException {
        Path file = directory.resolve("deep/secret");
        String secret = SecretFile.readOrCreate(file);
        assertThat(secret).matches("[0-9a-f]{64}");
        assertThat(SecretFile.readOrCreate(file)).isEqualTo(secret);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anEmptyFileIsAnErrorAndNotReplaced() throws IOException {
        Path file = Files.createFile(directory.resolve("secret"));
        assertThatThrownBy(() -> SecretFile.readOrCreate(file)).hasMessageContaining(file.toString());
        assertThat(file).isEmptyFile();
    }

    @Test
    void comparisonTellsEqualFromDifferent() {
        assertThat(Secrets.same("abc", "abc")).isTrue();
        assertThat(Secrets.same("abc", "abd")).isFalse();
        assertThat(Secrets.same("abc", "abcd")).isFalse();
    }
}
