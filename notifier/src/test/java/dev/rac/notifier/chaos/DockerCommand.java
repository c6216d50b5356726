package dev.rac.notifier.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The docker client. */
final class DockerCommand {
    private DockerCommand() {}

    static boolean works() {
        try {
            run("version");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The names of all containers of a namespace. */
    static List<String> containers(String namespace) {
        return run("ps", "-a", "--format", "{{.Names}}", "--filter", "label=dev.rac.namespace=" + namespace)
                .lines()
                .toList();
    }

    /** The names of those that run. */
    static List<String> running(String namespace) {
        return run("ps", "--format", "{{.Names}}", "--filter", "label=dev.rac.namespace=" + namespace)
                .lines()
                .toList();
    }

    /** What the client printed. */
    static String run(String... arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
