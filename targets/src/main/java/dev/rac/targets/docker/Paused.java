package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import dev.rac.targets.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The instances that this process has paused, so that a wake need not look for them first. They may be something else by
 * now: whoever takes one finds out. Thread-safe.
 */
final class Paused {
    private final Map<AppName, Endpoint> instances = new ConcurrentHashMap<>();

    void add(AppName app, Endpoint instance) {
        instances.put(app, instance);
    }

    /** Forgets the app's instance, and says which it was. */
    Optional<Endpoint> take(AppName app) {
        return Optional.ofNullable(instances.remove(app));
    }
}
