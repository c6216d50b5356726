package dev.rac.targets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs and finds the programs that tests need. */
public final class Commands {
    private Commands() {}

    /**
     * Runs a command to its end.
     *
     * @return what it wrote, its errors included
     * @throws IllegalStateException if it ends with another status than 0
     */
    public static String run(String... command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("DOCKER_BUILDKIT", "0");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + List.of(command), e);
        }
    }

    /** The first of these programs that is on the {@code PATH}. */
    public static Optional<Path> find(String... programs) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return Arrays.stream(programs)
                .flatMap(program -> Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
