package dev.rac.notifier.reconcile;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the target had when it was last compared: what it has no more, somebody may have removed by hand, which a look at
 * the target alone tells. For one thread.
 */
final class Settled {
    private Map<AppName, String> repositories = Map.of();

    /** Takes what the target has now, and was compared. */
    void take(Collection<App> compared) {
        var taken = new HashMap<AppName, String>();
        compared.forEach(app -> taken.put(app.name(), app.repository()));
        repositories = taken;
    }

    /** The repositories of what has gone since, in their order. */
    List<String> suspects(Collection<App> now) {
        var gone = new HashMap<>(repositories);
        now.forEach(app -> gone.remove(app.name()));
        return List.copyOf(new TreeSet<>(gone.values()));
    }
}
