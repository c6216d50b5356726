package dev.rac.notifier.deploy;

import dev.rac.notifier.image.NotifierException;
import dev.rac.targets.App;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys every app again as it is, at start and once a day: the credentials that engines pull with expire. An app
 * whose turn fails has another one soon. Thread-safe.
 */
final class Renewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Target target;
    private final Delivery delivery;
    private final AppLocks locks;
    private final String registryHost;
    private final Backoff backoff;
    private final Runnable housekeeping;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("renewal").unstarted(this::run);

    /**
     * Makes it; nothing happens before {@link #start()}.
     *
     * @param housekeeping what else there is to do once a day
     */
    Renewal(
            Target target,
            Delivery delivery,
            AppLocks locks,
            String registryHost,
            Backoff backoff,
            Runnable housekeeping) {
        this.target = target;
        this.delivery = delivery;
        this.locks = locks;
        this.registryHost = registryHost;
        this.backoff = backoff;
        this.housekeeping = housekeeping;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        stop.countDown();
        // Not interrupted: H2 closes its file under a thread that is.
        Threads.join(Set.of(thread), CLOSE_TIMEOUT);
    }

    private void run() {
        try {
            do {
                keepHouse();
                round();
            } while (!stopped(EVERY));
        } catch (InterruptedException e) {
            LOG.debug("the renewal ends");
        }
    }

    private void round() throws InterruptedException {
        Optional<List<AppName>> rest = names();
        int attempts = 0;
        do {
            rest = rest.isEmpty() ? names() : Optional.of(failing(rest.get()));
            attempts++;
        } while ((rest.isEmpty() || !rest.get().isEmpty()) && !stopped(backoff.after(attempts)));
    }

    private boolean stopped(Duration wait) throws InterruptedException {
        return stop.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void keepHouse() {
        try {
            housekeeping.run();
        } catch (RuntimeException e) {
            LOG.error("old events and outcomes could not be forgotten", e);
        }
    }

    private Optional<List<AppName>> names() {
        try {
            return Optional.of(
                    target.apps().stream().map(status -> status.app().name()).toList());
        } catch (RuntimeException e) {
            LOG.warn("the apps cannot be listed to renew their credentials", e);
            return Optional.empty();
        }
    }

    private List<AppName> failing(List<AppName> names) throws InterruptedException {
        var failing = new ArrayList<AppName>();
        for (AppName name : names) {
            if (stopped(Duration.ZERO)) {
                return List.of();
            }
            try (var _ = locks.take(name)) {
                target.find(name)
                        // To deploy it again would forget why it failed.
                        .filter(status -> status.state() != AppState.FAILED)
                        .map(AppStatus::app)
                        .ifPresent(this::renew);
            } catch (NotifierException | TargetException e) {
                LOG.warn("{}: its credential could not be renewed: {}", name, e.getMessage());
                failing.add(name);
            } catch (RuntimeException e) {
                LOG.error("{}: its credential could not be renewed", name, e);
                failing.add(name);
            }
        }
        return failing;
    }

    private void renew(App app) {
        delivery.renew(here(app));
    }

    // The registry may have moved to another host or port since the app was deployed.
    private App here(App app) {
        String image = registryHost + "/" + app.repository() + "@" + app.digest();
        return app.withImage(image);
    }
}
