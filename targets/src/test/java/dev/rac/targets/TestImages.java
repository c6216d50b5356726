package dev.rac.targets;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Small images from scratch, pushed to a {@link TestRegistry} without an engine, so that a target must pull them. Each
 * is made when first asked for. All answer HTTP on {@link #PORT}, if at all, and
 * end at their {@code STOPSIGNAL}, USR1, only.
 */
public final class TestImages implements AutoCloseable {
    /** The TCP port that the images serve. */
    public static final int PORT = 8080;

    /** The TCP port that {@link #misplaced} serves instead. */
    public static final int WRONG_PORT = 8081;

    private static final String COMMON = """
            trap 'echo stopped >> /data/log; exit 0' USR1
            /bin/busybox --install -s /bin
            mkdir -p /www /data
            echo started >> /data/log
            """;

    private final TestRegistry registry;
    private final Map<String, TestImage> built = new LinkedHashMap<>();

    public TestImages(TestRegistry registry) {
        this.registry = registry;
    }

    /**
     * An image in the test's registry.
     *
     * @param repository its name there
     * @param reference what an engine pulls, by digest
     */
    public record TestImage(String repository, String digest, String reference) {}

    /**
     * Serves {@code text} at {@code /index.html}. Further files tell of the container: {@code /environment},
     * {@code /hostname}, {@code /status} (proc(5)'s of its process), {@code /memory} (its limit in bytes), and
     * {@code /log}, which is {@code /data/log}: a line "started" for each start, a line "stopped" for each STOPSIGNAL.
     */
    public TestImage web(String text) {
        return image("web-" + text, COMMON + """
                echo '%s' > /www/index.html
                env > /www/environment
                hostname > /www/hostname
                cat /proc/self/status > /www/status
                cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max > /www/memory 2> /dev/null
                ln -s /data/log /www/log
                httpd -f -p %d -h /www &
                wait
                """.formatted(text, PORT));
    }

    /** As {@link #web}, but does not end at its STOPSIGNAL. */
    public TestImage stubborn(String text) {
        return image("stubborn-" + text, COMMON + """
                trap '' USR1
                echo '%s' > /www/index.html
                exec httpd -f -p %d -h /www
                """.formatted(text, PORT));
    }

    /** Writes "reading settings" to its output, "no settings found" to its errors, and ends with status 3. */
    public TestImage crashing() {
        return image("crashing", COMMON + "echo reading settings; echo no settings found >&2; exit 3\n");
    }

    /** Writes "listening on {@link #WRONG_PORT}" and does so, where it should on {@link #PORT}. */
    public TestImage misplaced() {
        return image("misplaced", COMMON + """
                echo listening on %1$d
                echo here > /www/index.html
                httpd -f -p %1$d -h /www &
                wait
                """.formatted(WRONG_PORT));
    }

    /** Writes to its output, to its errors, "tick 1", "tick 2" and so on twice a second, and "stopping" at its end. */
    public TestImage talking() {
        return image("talking", """
                trap 'echo stopping; exit 0' USR1
                /bin/busybox --install -s /bin
                echo to its output; sleep 0.05; echo to its errors >&2; sleep 0.05
                n=0
                while true; do n=$((n + 1)); echo tick $n; sleep 0.5 & wait; done
                """);
    }

    /** An image that was never pushed, in the repository of one that was. */
    public TestImage missing() {
        String repository = web("one").repository();
        String digest = "sha256:" + "0".repeat(64);
        return new TestImage(repository, digest, registry.host() + "/" + repository + "@" + digest);
    }

    /** Forgets what the engine pulled. */
    @Override
    public void close() {
        for (TestImage image : built.values()) {
            boolean pulled = !Commands.run("docker", "images", "-q", "--digests", repositoryOf(image))
                    .isEmpty();
            if (pulled) {
                Commands.run("docker", "rmi", "-f", image.reference());
            }
        }
    }

    /** An image whose start script is {@code script}, run by busybox's shell. */
    public TestImage image(String name, String script) {
        return image(name, script, List.of("/bin/busybox", "sh", "/start"));
    }

    /** An image whose program is not in it. */
    public TestImage unstartable() {
        return image("unstartable", "", List.of("/no-such-program"));
    }

    private synchronized TestImage image(String name, String script, List<String> command) {
        return built.computeIfAbsent(name, absent -> push("rac-test/" + name, script, command));
    }

    private TestImage push(String repository, String script, List<String> command) {
        Optional<Path> busybox = Commands.find("busybox");
        assumeTrue(busybox.isPresent(), "busybox is not installed (it must be the static one)");
        Map<String, ?> settings = Map.of(
                "Env",
                List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "FROM_IMAGE=yes"),
                "ExposedPorts",
                Map.of(PORT + "/tcp", Map.of()),
                "StopSignal",
                "USR1",
                // An engine that has a manifest by its digest asks no registry for it, whoever's it is.
                "Labels",
                Map.of("registry", registry.host()),
                "Cmd",
                command);
        try {
            Path root = Files.createTempDirectory("rac-test-image");
            Path programs = root.resolve("programs");
            Files.copy(
                    busybox.orElseThrow(),
                    Files.createDirectories(programs.resolve("bin")).resolve("busybox"));
            Path files = Files.createDirectories(root.resolve("files"));
            Files.writeString(files.resolve("start"), script);
            List<byte[]> layers = List.of(ImagePush.layer(programs), ImagePush.layer(files));
            Commands.run("rm", "-r", root.toString());
            String digest = new ImagePush(registry.credential()).push(repository, "latest", settings, layers);
            return new TestImage(repository, digest, registry.host() + "/" + repository + "@" + digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String repositoryOf(TestImage image) {
        return image.reference().substring(0, image.reference().indexOf('@'));
    }
}
