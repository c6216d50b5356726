package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has pods that were replaced deleted, once their last requests have had their time. Thread-safe. */
final class Handovers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Handovers.class);

    // The controllers' part: to delete the pods.
    private static final Duration CONTROLLERS = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final ApiObjects objects;
    private final Informers informers;
    private final Duration drainTimeout;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Drain, Thread> drains = new ConcurrentHashMap<>();

    Handovers(ApiObjects objects, Informers informers, Duration drainTimeout) {
        this.objects = objects;
        this.informers = informers;
        this.drainTimeout = drainTimeout;
    }

    /** What an app was handed over to. */
    private record Drain(AppName app, String revision) {}

    /** Begins all drains that the cluster shows: whoever began them may have ended before them. */
    void resume() {
        informers.views().stream()
                .filter(AppView::isDraining)
                .forEach(view -> begin(view.app().name(), view.revision()));
    }

    /** Begins a drain; the second call for one does nothing. */
    void begin(AppName app, String revision) {
        drainOf(new Drain(app, revision));
    }

    /**
     * Returns when the app has no pods but those of its revision. A next update must not begin before: Kubernetes would
     * delete the pod that serves, which does not count as available yet.
     *
     * @throws TargetException if the cluster does not get there in time
     */
    void awaitEnd(AppView view) {
        AppName app = view.app().name();
        String version = view.version();
        if (view.isDraining()) {
            join(app, drainOf(new Drain(app, view.revision())));
            version = objects.view(app).map(AppView::version).orElse(version);
        }
        if (!isOver(app, version)) {
            throw new TargetException("the last update of " + app + " is not over after " + CONTROLLERS.toSeconds()
                    + " s: its pods are not replaced yet; try again");
        }
    }

    private boolean isOver(AppName app, String version) {
        return informers.awaitTrue(
                app,
                Deadline.in(CONTROLLERS),
                () -> informers.hasReached(app, version)
                        && informers.deployment(app).stream().allMatch(Handovers::isDone));
    }

    private Thread drainOf(Drain drain) {
        return drains.computeIfAbsent(
                drain, absent -> Thread.ofVirtual().name("drain-" + drain.app()).start(() -> run(drain)));
    }

    private void run(Drain drain) {
        try {
            closed.await(drainTimeout.toNanos(), TimeUnit.NANOSECONDS);
            end(drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TargetException e) {
            // Whoever connects or updates next finds it, and begins anew.
            LOG.warn("replaced pods were not deleted: {}", e.getMessage());
        } finally {
            drains.remove(drain);
        }
    }

    private void end(Drain drain) {
        Optional<AppView> view = objects.view(drain.app());
        while (view.filter(now -> now.isDraining() && now.revision().equals(drain.revision()))
                .isPresent()) {
            if (objects.release(drain.app(), view.orElseThrow().version()).isPresent()) {
                return;
            }
            view = objects.view(drain.app());
        }
    }

    /** Whether the controllers have taken note that nothing is held any more, and have done what follows. */
    private static boolean isDone(Deployment deployment) {
        int wanted = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
        DeploymentStatus status = deployment.getStatus();
        return wanted == 0
                || !Names.annotation(deployment, Names.LAST).isEmpty()
                || (Optional.ofNullable(deployment.getSpec().getMinReadySeconds())
                                        .orElse(0)
                                == 0
                        && Optional.ofNullable(status.getObservedGeneration()).orElse(0L)
                                >= deployment.getMetadata().getGeneration()
                        && Optional.ofNullable(status.getReplicas()).orElse(0) <= wanted);
    }

    private static void join(AppName app, Thread drain) {
        try {
            drain.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while the last update of " + app + " drained", e);
        }
    }

    /** Ends at once what still has time. */
    @Override
    public void close() {
        closed.countDown();
        Deadline deadline = Deadline.in(CLOSE_TIMEOUT);
        try {
            for (Thread thread : drains.values()) {
                thread.join(deadline.left().isPositive() ? deadline.left() : Duration.ofNanos(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
