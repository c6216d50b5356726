package dev.rac.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How to run a Distribution registry on this machine: its binary, else its image. */
sealed interface RegistryProgram {
    /** What the image is, unless {@code RAC_REGISTRY_IMAGE} says otherwise. */
    String DEFAULT_IMAGE = "registry:2";

    Duration SOON = Duration.ofSeconds(30);
    Duration PULL_LIMIT = Duration.ofMinutes(15);

    /** The names of the binary: Debian's, and Distribution's own. */
    List<String> BINARIES = List.of("docker-registry", "registry");

    /** The command that runs the registry in the foreground with a configuration file. */
    List<String> command(Path configuration);

    /** Ends what a killed stack left behind, as far as the command itself does not. */
    default void cleanUp() {}

    /**
     * Fetches what is needed to run it, which may take minutes.
     *
     * @throws StackException if that fails
     */
    default void prepare() {}

    /** What is run, for people. */
    String describe();

    /** A registry from the search path. */
    record Binary(Path path) implements RegistryProgram {
        @Override
        public List<String> command(Path configuration) {
            return List.of(path.toString(), "serve", configuration.toString());
        }

        @Override
        public String describe() {
            return path.toString();
        }
    }

    /**
     * A registry in a container on the host's network, so that it reaches this process on the loopback address.
     *
     * @param client the docker client
     * @param files that the configuration names: all that the container sees of this machine, beside that itself
     */
    record Image(Path client, String image, String container, List<Path> files) implements RegistryProgram {
        @Override
        public List<String> command(Path configuration) {
            var command = new ArrayList<>(List.of(client.toString(), "run", "--rm", "--name", container));
            command.addAll(List.of("--network", "host", "--user", owner(configuration), "--cap-drop", "ALL"));
            command.addAll(List.of("--security-opt", "no-new-privileges"));
            Stream.concat(files.stream(), Stream.of(configuration))
                    .forEach(file -> command.addAll(List.of("--volume", file + ":" + file + ":ro")));
            command.addAll(List.of(image, configuration.toString()));
            return command;
        }

        @Override
        public void prepare() {
            if (!run(SOON, client.toString(), "image", "inspect", image)
                    && !run(PULL_LIMIT, client.toString(), "pull", "--quiet", image)) {
                throw new StackException("cannot pull the registry's image " + image + ": try docker pull " + image
                        + ", or install the Debian package docker-registry");
            }
        }

        // The files are their owner's only, and the container has no rights beyond that user's.
        private static String owner(Path file) {
            try {
                return Files.getAttribute(file, "unix:uid") + ":" + Files.getAttribute(file, "unix:gid");
            } catch (IOException e) {
                throw new StackException("cannot read whose " + file + " is: " + e.getMessage(), e);
            }
        }

        @Override
        public void cleanUp() {
            run(SOON, client.toString(), "rm", "--force", container);
        }

        @Override
        public String describe() {
            return "image " + image;
        }
    }

    /**
     * The binary, else the image.
     *
     * @param searchPath directories, as in {@code PATH}
     * @throws StackException if there is neither a binary nor a docker client to run the image
     */
    static RegistryProgram find(String searchPath, String image, String container, List<Path> files) {
        Optional<Path> binary = BINARIES.stream()
                .flatMap(name -> executable(searchPath, name).stream())
                .findFirst();
        if (binary.isPresent()) {
            return new Binary(binary.get());
        }
        return executable(searchPath, "docker")
                .filter(client -> run(SOON, client.toString(), "version"))
                .<RegistryProgram>map(client -> new Image(client, image, container, files))
                .orElseThrow(() -> new StackException("no registry found: install the Debian package docker-registry,"
                        + " or start a Docker Engine that can run the image " + image));
    }

    private static Optional<Path> executable(String searchPath, String name) {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean run(Duration limit, String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
