package dev.rac.notifier;

import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;

/** A notifier in a process of its own, so that a test can kill it; prints its address once it listens. */
public final class NotifierProcess {
    private NotifierProcess() {}

    @SuppressWarnings("SystemOut") // The address is the process's output.
    public static void main(String[] arguments) {
        var environment = new Environment(System.getenv());
        NotifierSettings settings = NotifierSettings.read(environment);
        environment.check();
        var target = new MemoryTarget();
        target.outage("this process's target never answers");
        Notifier notifier = Notifier.start(settings, target, new Metrics());
        System.out.println("listening " + notifier.uri());
    }
}
