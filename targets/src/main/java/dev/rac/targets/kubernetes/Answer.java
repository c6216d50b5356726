package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import dev.rac.targets.Updates;
import dev.rac.targets.probe.Readiness;
import dev.rac.targets.probe.Readiness.Seen;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Waits for the first answer of the revision to which a running app is brought. Its time to answer begins when its
 * container runs: until then a node is found, and maybe its image pulled. Thread-safe.
 */
final class Answer {
    /** How long the cluster has to run a pod. */
    static final Duration START_PATIENCE = Duration.ofMinutes(3);

    private final Informers informers;
    private final PodLog log;
    private final Readiness readiness;
    private final Updates updates;
    private final InstantSource clock;

    Answer(Informers informers, PodLog log, Updates updates, InstantSource clock) {
        this.informers = informers;
        this.log = log;
        this.updates = updates;
        this.clock = clock;
        readiness = new Readiness(clock);
    }

    /**
     * Returns when it answers, or when the app was put to sleep.
     *
     * @param version the Deployment's since that revision is wanted
     * @throws AppFailedException if it does not answer
     * @throws TargetException if interrupted
     */
    void await(App app, String version) {
        AppName name = app.name();
        Seen started = informers
                .await(
                        name,
                        Deadline.in(START_PATIENCE),
                        () -> informers.hasReached(name, version)
                                ? Optional.of(look(app)).filter(seen -> !isStarting(seen))
                                : Optional.empty())
                .orElseGet(() -> new Seen.Ended(UpdateStep.late(name, informers.wanted(name), clock.instant())));
        Optional<Failure> failure = started instanceof Seen.Ended(Failure ended) ? Optional.of(ended) : answered(app);
        if (failure.isPresent()) {
            throw new AppFailedException(name, failure.orElseThrow());
        }
    }

    private Optional<Failure> answered(App app) {
        return readiness
                .await(app, updates.host(app.name()), () -> look(app))
                .map(failure ->
                        failure.logLines().isEmpty() ? UpdateStep.withLog(failure, lastLines(app.name())) : failure);
    }

    private List<String> lastLines(AppName app) {
        return informers.wanted(app).stream()
                .flatMap(view -> view.livePods().stream())
                .findFirst()
                .map(log::lastLines)
                .orElse(List.of());
    }

    private Seen look(App app) {
        return UpdateStep.of(app, informers.wanted(app.name()), clock.instant(), log::lastLines);
    }

    private static boolean isStarting(Seen seen) {
        return seen instanceof Seen.Running running && running.endpoints().isEmpty();
    }
}
