package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The containers that this process has paused, so that a wake need not look for them first. Thread-safe. */
final class Paused {
    private final Map<AppName, String> ids = new ConcurrentHashMap<>();

    void add(AppName app, String id) {
        ids.put(app, id);
    }

    /** Forgets the app's container, and says which it was: whatever is done with it, it is paused no more. */
    Optional<String> take(AppName app) {
        return Optional.ofNullable(ids.remove(app));
    }
}
