package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import dev.rac.targets.Commands;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at the engine past the adapter, with the docker client. */
final class DockerCli {
    private DockerCli() {}

    /** For the engine that the client uses. */
    static DockerSettings settings(String namespace) {
        return Optional.ofNullable(System.getenv("DOCKER_HOST"))
                .map(engine -> new DockerSettings(namespace, URI.create(engine)))
                .orElse(DockerSettings.local(namespace));
    }

    static String docker(String... arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Commands.run(command.toArray(String[]::new));
    }

    static int running(String namespace, AppName app) {
        return lines(docker(
                        "ps",
                        "-q",
                        "--filter",
                        label(Labels.NAMESPACE, namespace),
                        "--filter",
                        label(Labels.NAME, app.value())))
                .size();
    }

    /** Removes everything that carries the namespace's label. */
    static void delete(String namespace) {
        String ours = label(Labels.NAMESPACE, namespace);
        lines(docker("ps", "-aq", "--filter", ours)).forEach(id -> docker("rm", "-f", "-v", id));
        lines(docker("volume", "ls", "-q", "--filter", ours)).forEach(volume -> docker("volume", "rm", volume));
        lines(docker("network", "ls", "-q", "--filter", ours)).forEach(network -> docker("network", "rm", network));
    }

    private static String label(String name, String value) {
        return "label=" + name + "=" + value;
    }

    private static List<String> lines(String output) {
        return Arrays.stream(output.split("\n")).filter(line -> !line.isBlank()).toList();
    }
}
