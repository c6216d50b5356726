package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one watcher what it does not know yet. Not thread-safe, but for {@link #close()}. */
final class Subscription implements Target.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final Target.Watcher watcher;
    private final Map<AppName, AppStatus> known = new HashMap<>();
    private volatile boolean closed;

    Subscription(Target.Watcher watcher) {
        this.watcher = watcher;
    }

    /** Tells all that differs from what the watcher was told before. */
    void tellAll(List<AppStatus> statuses) {
        Set<AppName> vanished = new HashSet<>(known.keySet());
        for (AppStatus status : statuses) {
            vanished.remove(status.app().name());
            tell(status.app().name(), Optional.of(status));
        }
        vanished.forEach(name -> tell(name, Optional.empty()));
    }

    /**
     * Tells of one app.
     *
     * @param status nothing if there is no such app
     */
    void tell(AppName name, Optional<AppStatus> status) {
        if (closed || status.equals(Optional.ofNullable(known.get(name)))) {
            return;
        }
        try {
            if (status.isPresent()) {
                known.put(name, status.get());
                watcher.changed(status.get());
            } else {
                known.remove(name);
                watcher.removed(name);
            }
        } catch (RuntimeException e) {
            LOG.error("a watcher failed when told of {}", name, e);
        }
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
