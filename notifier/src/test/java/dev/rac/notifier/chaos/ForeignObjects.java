package dev.rac.notifier.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Somebody else's container, image, volume and network on the same engine, named as much like ours as possible. */
final class ForeignObjects implements AutoCloseable {
    private final String name;
    private final String before;

    ForeignObjects(String namespace) throws Exception {
        name = namespace + "-app-1000";
        Path empty = Files.createTempFile("rac-foreign", ".tar");
        Files.write(empty, Busybox.layer());
        DockerCommand.run("import", "--change", "CMD [\"/busybox\", \"sleep\", \"1000\"]", empty.toString(), name);
        Files.delete(empty);
        DockerCommand.run("volume", "create", name);
        DockerCommand.run("network", "create", name);
        DockerCommand.run("run", "-d", "--name", name, "--network", name, "-v", name + ":/data", name);
        before = state();
    }

    void assertUntouched() {
        assertThat(state()).isEqualTo(before);
    }

    private String state() {
        return DockerCommand.run("inspect", name)
                + DockerCommand.run("volume", "inspect", name)
                + DockerCommand.run("network", "inspect", name)
                + DockerCommand.run("image", "inspect", name);
    }

    @Override
    public void close() {
        DockerCommand.run("rm", "-f", name);
        DockerCommand.run("rmi", name);
        DockerCommand.run("volume", "rm", name);
        DockerCommand.run("network", "rm", name);
    }
}
