package dev.rac.notifier.reconcile;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the target had when it was last compared. Only what it has no more, or of another revision, can have been changed
 * by somebody else; a look at the target alone tells. For one thread.
 */
final class Settled {
    private Map<AppName, App> apps = Map.of();

    /** Takes what the target has now, and was compared. */
    void take(Collection<App> compared) {
        var taken = new HashMap<AppName, App>();
        compared.forEach(app -> taken.put(app.name(), app));
        apps = taken;
    }

    /** The repositories of what has gone or changed since, in their order. */
    List<String> suspects(Collection<App> now) {
        var there = new HashMap<AppName, App>();
        now.forEach(app -> there.put(app.name(), app));
        var suspects = new TreeSet<String>();
        apps.forEach((name, app) -> {
            App found = there.get(name);
            if (found == null || !found.isSameRevisionAs(app)) {
                suspects.add(app.repository());
            }
        });
        return List.copyOf(suspects);
    }
}
