package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import dev.rac.targets.probe.Readiness.Seen;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What becomes of the revision to which an app is brought while it runs. Pure. */
final class UpdateStep {
    private UpdateStep() {}

    /**
     * What there is to see of it.
     *
     * @param wanted the Deployment's own revision, as the cluster has it now
     * @param now when a failure that no pod tells of is seen
     * @param log the last lines of a pod that ended
     */
    static Seen of(App app, Optional<AppView> wanted, Instant now, Function<Pod, List<String>> log) {
        if (wanted.isEmpty()) {
            return ended("somebody removed it", now);
        }
        AppView view = wanted.orElseThrow();
        if (!view.app().equals(app)) {
            return ended("another revision replaced it", now);
        }
        if (view.replicas() == 0) {
            // A front door that found out first. While the last revision served, that is what has failed.
            return view.recordedFailure()
                    .filter(failure -> !view.hasLast())
                    .<Seen>map(Seen.Ended::new)
                    .orElseGet(Seen.Stopped::new);
        }
        for (Pod pod : view.livePods()) {
            // It was to answer: that the kubelet starts it again does not matter.
            Optional<Failure> failure =
                    PodFailure.ofAnyRun(pod).filter(failed -> !failed.mayPass()).map(PodFailure::failure);
            if (failure.isPresent()) {
                return new Seen.Ended(withLog(failure.orElseThrow(), log.apply(pod)));
            }
        }
        return new Seen.Running(view.endpoints());
    }

    /** Why it has no address, when there was time enough for one. */
    static Failure late(AppName app, Optional<AppView> wanted, Instant now) {
        String reason = wanted.flatMap(PodTrouble::noNode)
                .or(() -> wanted.flatMap(view -> view.livePods().stream()
                        .flatMap(pod -> PodFailure.of(pod).stream())
                        .map(failure -> failure.failure().reason())
                        .findFirst()))
                .or(() -> wanted.map(PodTrouble::delay))
                .orElse("the cluster does not show " + app);
        return new Failure(reason, Optional.empty(), now, List.of());
    }

    static Failure withLog(Failure failure, List<String> lines) {
        return lines.isEmpty() ? failure : new Failure(failure.reason(), failure.exitCode(), failure.at(), lines);
    }

    private static Seen ended(String reason, Instant now) {
        return new Seen.Ended(new Failure(reason, Optional.empty(), now, List.of()));
    }
}
