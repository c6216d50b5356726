package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one watcher what it does not know yet, on a thread of its own, so that a slow watcher delays nobody. A signal
 * only says which app to look at again; many of one app, while the watcher is busy, become one.
 */
final class Subscription implements Target.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final Informers informers;
    private final Target.Watcher watcher;
    private final Map<AppName, AppStatus> known = new HashMap<>();
    private final BlockingQueue<AppName> signals = new LinkedBlockingQueue<>();
    private final Set<AppName> signalled = ConcurrentHashMap.newKeySet();
    private final Consumer<AppName> listener = this::signal;
    private final Thread thread = Thread.ofVirtual().name("kubernetes-watch").unstarted(this::run);
    private volatile boolean closed;

    private Subscription(Informers informers, Target.Watcher watcher) {
        this.informers = informers;
        this.watcher = watcher;
    }

    /** See {@link Target#watch}. A call under way when the watch is closed is not waited for. */
    static Subscription open(Informers informers, Target.Watcher watcher) {
        var subscription = new Subscription(informers, watcher);
        // Before the first round, so that no change during it is missed.
        informers.listen(subscription.listener);
        informers.views().stream()
                .map(AppView::status)
                .forEach(status -> subscription.tell(status.app().name(), Optional.of(status)));
        subscription.thread.start();
        return subscription;
    }

    @Override
    public void close() {
        closed = true;
        informers.forget(listener);
        thread.interrupt();
    }

    private void signal(AppName app) {
        if (signalled.add(app)) {
            signals.add(app);
        }
    }

    private void run() {
        try {
            while (!closed) {
                AppName app = signals.take();
                // Before the look, so that a change during it is another signal.
                signalled.remove(app);
                tell(app, informers.view(app).map(AppView::status));
            }
        } catch (InterruptedException e) {
            LOG.debug("a watch ends");
        }
    }

    private void tell(AppName app, Optional<AppStatus> status) {
        if (closed || status.equals(Optional.ofNullable(known.get(app)))) {
            return;
        }
        try {
            if (status.isPresent()) {
                known.put(app, status.orElseThrow());
                watcher.changed(status.orElseThrow());
            } else {
                known.remove(app);
                watcher.removed(app);
            }
        } catch (RuntimeException e) {
            LOG.error("a watcher failed when told of {}", app, e);
        }
    }
}
