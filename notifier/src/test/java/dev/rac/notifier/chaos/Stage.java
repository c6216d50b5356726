package dev.rac.notifier.chaos;

import static org.awaitility.Awaitility.await;

import dev.rac.notifier.RegistryProcess;
import dev.rac.notifier.TestImages;
import dev.rac.notifier.TokenServer;
import dev.rac.targets.Target;
import dev.rac.targets.Updates;
import dev.rac.targets.docker.DockerSettings;
import dev.rac.targets.docker.DockerTarget;
import dev.rac.targets.docker.EngineRelay;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A notifier, a registry and the line to an engine, each of which can be broken. */
final class Stage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final String SECRET = "notification-secret";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final String namespace;
    private final TokenServer tokens;
    private final EngineRelay relay;
    private final DockerTarget target;
    private final int registryPort = RegistryProcess.freePort();
    private final int notifierPort = RegistryProcess.freePort();
    private final byte[] layer = Busybox.layer();
    private final String layerDigest = TestImages.digest(layer);
    // Held by who pushes or kills it, so that a push finds out what became of it.
    private final Lock registryLock = new ReentrantLock();
    private RegistryProcess registry;
    private Process notifier;

    Stage(Path directory, String namespace) throws IOException {
        this.directory = directory;
        this.namespace = namespace;
        URI engine = URI.create(System.getenv().getOrDefault("DOCKER_HOST", DockerSettings.LOCAL_ENGINE.toString()));
        tokens = TokenServer.start(directory);
        relay = new EngineRelay(engine);
        // The test looks past the relay.
        target = DockerTarget.connect(
                new DockerSettings(namespace, engine, new Updates("localhost", Duration.ofSeconds(2))));
        registry = startRegistry();
        notifier = startNotifier();
    }

    Target target() {
        return target;
    }

    /** Pushes an image that says what it is, until the registry has taken it; gives its digest. */
    String push(String app, String text) {
        TestImages.Content config = TestImages.config(
                "linux",
                target.platform().architecture(),
                Map.of(
                        "Labels",
                        Map.of("turn", app + " " + text),
                        "Cmd",
                        List.of("/busybox", "httpd", "-f", "-p", "8000"),
                        "StopSignal",
                        "SIGKILL",
                        "ExposedPorts",
                        Map.of("8000/tcp", Map.of())),
                layerDigest);
        TestImages.Content manifest = TestImages.manifest(config, layer);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    registryLock.lock();
                    try {
                        registry.putBlob(app, layerDigest, layer);
                        registry.putBlob(app, config);
                        registry.putManifest(app, "latest", manifest);
                        return true;
                    } finally {
                        registryLock.unlock();
                    }
                });
        return manifest.digest();
    }

    /** Breaks something, and mends it after a moment. */
    void breakSomething(Random random) throws Exception {
        Thread.sleep(500 + random.nextInt(2500));
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                LOG.info("kills the notifier");
                notifier.destroyForcibly().waitFor();
                Thread.sleep(random.nextInt(1000));
                notifier = startNotifier();
            }
            case 2 -> {
                registryLock.lock();
                try {
                    LOG.info("kills the registry");
                    registry.kill();
                    Thread.sleep(random.nextInt(1000));
                    registry = startRegistry();
                } finally {
                    registryLock.unlock();
                }
            }
            default -> {
                LOG.info("cuts the line to the engine");
                relay.cut();
                Thread.sleep(random.nextInt(2000));
                relay.restore();
            }
        }
    }

    /** From now on nothing is broken any more. */
    void calm() throws IOException {
        if (!notifier.isAlive()) {
            notifier = startNotifier();
        }
    }

    private RegistryProcess startRegistry() throws IOException {
        Path home = Files.createDirectories(directory.resolve("registry"));
        return RegistryProcess.start(
                home, registryPort, tokens, URI.create("http://127.0.0.1:" + notifierPort + "/notifications"), SECRET);
    }

    private Process startNotifier() throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DockerNotifierProcess.class.getName());
        File log = directory.resolve("notifier.log").toFile();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("RAC_PORT", Integer.toString(notifierPort)),
                        Map.entry("RAC_DATA", directory.toString()),
                        Map.entry("RAC_DOMAIN", TokenServer.SERVICE),
                        Map.entry("RAC_NAMESPACE", namespace),
                        Map.entry("RAC_RECONCILE_EVERY", "10s"),
                        Map.entry("RAC_REGISTRY_URL", "http://127.0.0.1:" + registryPort),
                        Map.entry("RAC_REGISTRY_HOST", "127.0.0.1:" + registryPort),
                        Map.entry("RAC_AUTH_URL", tokens.uri().toString()),
                        Map.entry("RAC_SERVICE_SECRET", TokenServer.SECRET),
                        Map.entry("RAC_NOTIFICATION_SECRET", SECRET),
                        Map.entry("DOCKER_HOST", relay.address().toString())));
        return builder.start();
    }

    @Override
    public void close() throws IOException {
        notifier.destroyForcibly().onExit().join();
        registry.close();
        relay.close();
        target.close();
        List<String> containers = DockerCommand.run("ps", "-aq", "--filter", "label=dev.rac.namespace=" + namespace)
                .lines()
                .toList();
        DockerCommand.run(with("rm", "-f", containers));
        DockerCommand.run("network", "rm", namespace);
        List<String> images = DockerCommand.run("images", "-q", "--no-trunc", "127.0.0.1:" + registryPort + "/*")
                .lines()
                .distinct()
                .toList();
        DockerCommand.run(with("rmi", "-f", images));
        tokens.close();
    }

    private static String[] with(String command, String option, List<String> arguments) {
        return Stream.concat(Stream.of(command, option), arguments.stream()).toArray(String[]::new);
    }
}
