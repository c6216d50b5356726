package dev.rac.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryProgramTest {
    @TempDir
    private Path directory;

    @Test
    void aBinaryIsTakenBeforeTheImage() throws IOException {
        Path binary = executable("registry", "exit 0");
        executable("docker", "exit 0");
        var program = find();
        assertThat(program).isEqualTo(new RegistryProgram.Binary(binary));
        assertThat(program.command(Path.of("/c.yml"))).containsExactly(binary.toString(), "serve", "/c.yml");
    }

    @Test
    void theImageServesWhereThereIsNoBinary() throws IOException {
        Path client = executable("docker", "exit 0");
        List<Path> files = List.of(Path.of("/data/bundle.pem"));
        var program = RegistryProgram.find(directory.toString(), "registry:3", "rac-registry", files);
        assertThat(program).isEqualTo(new RegistryProgram.Image(client, "registry:3", "rac-registry", files));
        Path configuration = Files.writeString(directory.resolve("c.yml"), "version: 0.1");
        assertThat(program.command(configuration))
                .startsWith(client.toString(), "run", "--rm")
                .containsSequence("--volume", "/data/bundle.pem:/data/bundle.pem:ro")
                .containsSequence("--volume", configuration + ":" + configuration + ":ro")
                .endsWith("registry:3", configuration.toString());
    }

    @Test
    void aClientWithoutAnEngineIsNotEnough() throws IOException {
        executable("docker", "exit 1");
        assertThatThrownBy(this::find).isInstanceOf(StackException.class);
    }

    @Test
    void neitherIsAnErrorThatNamesBoth() {
        assertThatThrownBy(this::find)
                .isInstanceOf(StackException.class)
                .hasMessageContainingAll("docker-registry", "registry:2");
    }

    private RegistryProgram find() {
        return RegistryProgram.find(directory.toString(), "registry:2", "rac-registry", List.of());
    }

    private Path executable(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
