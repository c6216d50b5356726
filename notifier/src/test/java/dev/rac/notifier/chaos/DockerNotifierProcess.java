package dev.rac.notifier.chaos;

import dev.rac.notifier.Notifier;
import dev.rac.notifier.NotifierSettings;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import dev.rac.targets.TargetException;
import dev.rac.targets.Updates;
import dev.rac.targets.docker.DockerSettings;
import dev.rac.targets.docker.DockerTarget;
import java.net.URI;
import java.time.Duration;

/** A notifier with an engine in a process of its own, so that a test can kill it. */
public final class DockerNotifierProcess {
    private DockerNotifierProcess() {}

    @SuppressWarnings("SystemOut") // That it listens is the process's output.
    public static void main(String[] arguments) throws InterruptedException {
        var environment = new Environment(System.getenv());
        NotifierSettings settings = NotifierSettings.read(environment);
        String namespace = environment.text("RAC_NAMESPACE", "");
        URI engine = URI.create(environment.text("DOCKER_HOST", ""));
        environment.check();
        Notifier.start(settings, connect(new DockerSettings(namespace, engine, updates())), new Metrics());
        System.out.println("listening");
    }

    private static Updates updates() {
        return new Updates("localhost", Duration.ofSeconds(2));
    }

    /** As whatever restarts a service would: until the engine answers. */
    private static DockerTarget connect(DockerSettings settings) throws InterruptedException {
        while (true) {
            try {
                return DockerTarget.connect(settings);
            } catch (TargetException e) {
                Thread.sleep(200);
            }
        }
    }
}
