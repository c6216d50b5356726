package dev.rac.targets.docker;

import static org.awaitility.Awaitility.await;

import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.Commands;
import dev.rac.targets.TargetFixture;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the engine, and changes it, past the adapter, with the docker client. */
final class DockerCli {
    private DockerCli() {}

    /** For the engine that the client uses. */
    static DockerSettings settings(String namespace) {
        return Optional.ofNullable(System.getenv("DOCKER_HOST"))
                .map(engine -> new DockerSettings(namespace, URI.create(engine), TargetFixture.UPDATES))
                .orElse(DockerSettings.local(namespace, TargetFixture.UPDATES));
    }

    static String docker(String... arguments) {
        return Commands.run(
                Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
    }

    static int running(String namespace, AppName app) {
        return lines(docker("ps", "-q", "--filter", namespaceIs(namespace), "--filter", appIs(app)))
                .size();
    }

    /** The names of the containers that carry these labels. */
    static List<String> containers(String namespace, AppName app) {
        return lines(docker(
                "ps", "-a", "--format", "{{.Names}}", "--filter", namespaceIs(namespace), "--filter", appIs(app)));
    }

    /** Creates a container as a replacement does, of an image that the engine has. */
    static void create(String container, String namespace, App app) {
        var arguments = new ArrayList<>(List.of("create", "--name", container, "--network", namespace));
        Map<String, String> labels = new HashMap<>(Labels.of(namespace, app.name()));
        labels.put(Labels.APP, AppJson.write(app));
        labels.forEach((label, value) -> arguments.addAll(List.of("--label", label + "=" + value)));
        app.environment().forEach((variable, value) -> arguments.addAll(List.of("--env", variable + "=" + value)));
        arguments.add(app.image());
        docker(arguments.toArray(String[]::new));
    }

    /** Removes everything that carries the namespace's label. */
    static void delete(String namespace) {
        String ours = namespaceIs(namespace);
        await().atMost(Duration.ofSeconds(60)).until(() -> removeContainers(ours));
        lines(docker("volume", "ls", "-q", "--filter", ours)).forEach(volume -> docker("volume", "rm", volume));
        lines(docker("network", "ls", "-q", "--filter", ours)).forEach(network -> docker("network", "rm", network));
    }

    // The engine refuses where it is about to remove one already.
    private static boolean removeContainers(String filter) {
        List<String> containers = lines(docker("ps", "-aq", "--filter", filter));
        for (String id : containers) {
            try {
                docker("rm", "-f", "-v", id);
            } catch (IllegalStateException e) {
                return false;
            }
        }
        return containers.isEmpty();
    }

    private static String namespaceIs(String namespace) {
        return "label=" + Labels.NAMESPACE + "=" + namespace;
    }

    private static String appIs(AppName app) {
        return "label=" + Labels.NAME + "=" + app;
    }

    private static List<String> lines(String output) {
        return output.lines().filter(line -> !line.isBlank()).toList();
    }
}
