package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real docker client, as one person uses it: with credentials of its own. */
final class DockerClient {
    private final Path configuration;

    DockerClient(Path configuration) throws IOException {
        this.configuration = Files.createDirectories(configuration);
    }

    Command run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "--config", configuration.toString()));
        command.addAll(List.of(arguments));
        return Command.run(Map.of("DOCKER_BUILDKIT", "0"), command);
    }

    /** Runs the client and expects success. */
    String must(String... arguments) throws IOException, InterruptedException {
        Command command = run(arguments);
        assertThat(command.status())
                .as("docker %s: %s", String.join(" ", arguments), command.output())
                .isZero();
        return command.output().strip();
    }

    /** Builds an image from scratch, with a static busybox in it. */
    void build(String reference, String dockerfile) throws IOException, InterruptedException {
        Path context = Files.createTempDirectory("rac-e2e-image");
        try {
            Files.copy(busybox(), context.resolve("busybox"));
            Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY busybox /bin/busybox\n" + dockerfile);
            must("build", "--quiet", "--no-cache", "--tag", reference, context.toString());
        } finally {
            Files.delete(context.resolve("busybox"));
            Files.delete(context.resolve("Dockerfile"));
            Files.delete(context);
        }
    }

    /**
     * A web server whose only page is what {@code script} wrote to {@code /www/index.html} when it started.
     *
     * @param labels such as {@code rac.idle=10m}
     */
    void buildWebServer(String reference, String script, String... labels) throws IOException, InterruptedException {
        String labelled =
                Stream.of(labels).map(label -> "LABEL " + label + "\n").collect(Collectors.joining());
        build(reference, labelled + """
                EXPOSE 8000
                STOPSIGNAL SIGKILL
                CMD ["/bin/busybox", "sh", "-c", "mkdir -p /www; %s; exec busybox httpd -f -p 8000 -h /www"]
                """.formatted(script.replace("\"", "\\\"")));
    }

    private static Path busybox() {
        return List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox")).stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("no busybox: install busybox-static"));
    }
}
