package dev.rac.targets.kubernetes;

import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scales an app up and waits, on the informers, for the address of its container: not for readiness, nor for a Service,
 * which follow a second or more later. Thread-safe.
 */
final class Waker {
    private static final Logger LOG = LoggerFactory.getLogger(Waker.class);

    private static final Duration RESTART = Duration.ofSeconds(2);

    private final ApiObjects objects;
    private final Informers informers;
    private final PodLog log;
    private final AppLocks locks;
    private final InstantSource clock;

    Waker(ApiObjects objects, Informers informers, PodLog log, AppLocks locks, InstantSource clock) {
        this.objects = objects;
        this.informers = informers;
        this.log = log;
        this.locks = locks;
        this.clock = clock;
    }

    /** What a scaling up left behind. */
    private record Scaled(String version, String revision, Set<String> spent) {}

    /** See {@link dev.rac.targets.Target#wake}. */
    List<Endpoint> wake(AppName app, Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        boolean triedAgain = false;
        while (true) {
            Scaled scaled = locks.locked(app, () -> scaleUp(app, deadline));
            Duration accepted = deadline.passed();
            WakeStep step =
                    informers.await(app, deadline, () -> step(app, scaled)).orElseThrow(() -> late(app, timeout));
            switch (step) {
                case WakeStep.Ready ready -> {
                    LOG.debug(
                            "{}: scaled up after {} ms, address after {} ms",
                            app,
                            accepted.toMillis(),
                            deadline.passed().toMillis());
                    return ready.endpoints();
                }
                case WakeStep.Failed failed -> {
                    if (triedAgain || !failed.failure().mayPass()) {
                        throw new AppFailedException(app, withLog(failed));
                    }
                    triedAgain = true;
                    LOG.warn(
                            "{} is tried once more: {}",
                            app,
                            failed.failure().failure().reason());
                }
                case WakeStep.Stopped stopped -> throw stopped(app, stopped);
                case WakeStep.Removed removed -> throw new UnknownAppException(app);
                case WakeStep.Replaced replaced -> LOG.debug("{}: another revision was deployed, waking that", app);
            }
        }
    }

    private Scaled scaleUp(AppName app, Deadline deadline) {
        AppView view = view(app);
        Set<String> spent = replaceFailedPods(view);
        if (view.replicas() == 0 && mustBeAlone(view)) {
            awaitLast(app, deadline);
        }
        int replicas = Math.max(view.replicas(), 1);
        String version = view.recordedFailure().isPresent()
                ? objects.scale(app, replicas, Optional.empty())
                : objects.scale(app, replicas);
        return new Scaled(version, view.revision(), spent);
    }

    /** As the informers have it; where another process's change must not be overlooked, as it is. */
    private AppView view(AppName app) {
        return informers
                .view(app)
                .filter(view -> !mustBeAlone(view))
                .or(() -> objects.view(app))
                .orElseThrow(() -> new UnknownAppException(app));
    }

    /** The kubelet waits longer and longer before it restarts a container: a new pod starts now. */
    private Set<String> replaceFailedPods(AppView view) {
        List<Pod> failed = view.replicas() == 0 || !view.endpoints().isEmpty()
                ? List.of()
                : view.livePods().stream()
                        .filter(pod -> PodFailure.of(pod).isPresent())
                        .toList();
        failed.forEach(objects::delete);
        return failed.stream().map(AppView::uid).collect(Collectors.toUnmodifiableSet());
    }

    /** With volumes it always is: two instances must never write to one. */
    private static boolean mustBeAlone(AppView view) {
        return !view.app().startsFirst();
    }

    private void awaitLast(AppName app, Deadline deadline) {
        do {
            if (!informers.awaitTrue(app, deadline, () -> haveEnded(app))) {
                throw new TargetException(app + " cannot start: its last instance has not ended");
            }
            // A restart that the kubelet had begun when it was told to end the pod would be seen by then.
            informers.awaitTrue(
                    app,
                    Deadline.in(RESTART),
                    () -> informers.pods(app).stream().noneMatch(AppView::isBackingOff));
        } while (!haveEnded(app));
    }

    private boolean haveEnded(AppName app) {
        return informers.pods(app).stream().allMatch(AppView::hasEnded);
    }

    private Optional<WakeStep> step(AppName app, Scaled scaled) {
        return informers.hasReached(app, scaled.version())
                ? WakeStep.of(informers.view(app), scaled.revision(), scaled.spent())
                : Optional.empty();
    }

    private Failure withLog(WakeStep.Failed failed) {
        Failure failure = failed.failure().failure();
        return new Failure(failure.reason(), failure.exitCode(), failure.at(), log.lastLines(failed.pod()));
    }

    private TargetException stopped(AppName app, WakeStep.Stopped stopped) {
        return stopped.failure()
                .<TargetException>map(failure -> new AppFailedException(app, failure))
                .orElseGet(() -> new TargetException(app + " was put to sleep while it was waking; try again"));
    }

    private TargetException late(AppName app, Duration timeout) {
        Optional<AppView> view = informers.view(app);
        Optional<String> noNode = view.flatMap(PodTrouble::noNode);
        if (noNode.isPresent()) {
            return new AppFailedException(
                    app, new Failure(noNode.orElseThrow(), Optional.empty(), clock.instant(), List.of()));
        }
        return new TargetException(app + " has no address after " + timeout.toSeconds() + " s: "
                + view.map(PodTrouble::delay).orElse("the cluster does not show it"));
    }
}
