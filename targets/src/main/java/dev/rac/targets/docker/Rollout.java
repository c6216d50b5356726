package dev.rac.targets.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import dev.rac.targets.Updates;
import dev.rac.targets.probe.Readiness;
import dev.rac.targets.probe.Readiness.Seen;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings an app that runs to another revision, which then runs too. The caller sees to it that there is one such thing
 * per app at once; the app's own lock is not held while the new revision starts, so that the old one can be stopped.
 */
final class Rollout {
    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;
    private final Drains drains;
    private final Starter starter;
    private final Readiness readiness;
    private final Updates updates;
    private final AppLocks locks;

    Rollout(
            Containers containers,
            Replacement replacement,
            AppReader reader,
            Drains drains,
            Starter starter,
            Readiness readiness,
            Updates updates,
            AppLocks locks) {
        this.containers = containers;
        this.replacement = replacement;
        this.reader = reader;
        this.drains = drains;
        this.starter = starter;
        this.readiness = readiness;
        this.updates = updates;
        this.locks = locks;
    }

    /**
     * Starts the new revision beside the old one, which it replaces once it answers.
     *
     * @param environment {@code NAME=value} each
     * @throws AppFailedException if it does not
     */
    void startFirst(App app, List<String> environment) {
        String candidate = locks.locked(app.name(), () -> replacement.candidate(app, environment));
        try {
            starter.start(candidate);
            awaitAnswer(app, () -> look(app, candidate));
        } catch (RuntimeException e) {
            replacement.discard(candidate);
            throw e;
        }
        locks.locked(app.name(), () -> handOver(app, candidate, environment));
    }

    /**
     * Stops the old revision, and starts the new one; if that does not answer, the old one comes back.
     *
     * @param environment {@code NAME=value} each
     * @throws AppFailedException if it does not
     */
    void stopFirst(App app, List<String> environment) {
        Optional<InspectContainerResponse> old = locks.locked(app.name(), () -> {
            Optional<InspectContainerResponse> main =
                    replacement.settle(app.name()).flatMap(containers::inspect);
            replacement.replace(app, Optional.empty(), environment);
            startMain(app.name());
            return main;
        });
        try {
            awaitAnswer(app, () -> look(app));
        } catch (RuntimeException e) {
            old.ifPresent(container -> locks.locked(app.name(), () -> comeBack(app, container)));
            throw e;
        }
    }

    private void comeBack(App failed, InspectContainerResponse old) {
        App last = ContainerStatus.app(old);
        if (reader.find(failed.name()).filter(now -> now.app().equals(failed)).isPresent()) {
            replacement.replace(last, Optional.empty(), Containers.environment(old));
            startMain(last.name());
        }
    }

    private void startMain(AppName app) {
        replacement.settle(app).ifPresent(starter::start);
    }

    private void handOver(App app, String candidate, List<String> environment) {
        Optional<String> main = replacement.settle(app.name());
        if (main.isPresent() && reader.find(app.name()).filter(AppStatus::runs).isPresent()) {
            replacement.retire(app.name(), main.get());
            drains.begin(main.get());
            replacement.promote(app.name(), candidate);
        } else {
            // It was put to sleep meanwhile, and so is the new revision.
            replacement.discard(candidate);
            replacement.replace(app, Optional.empty(), environment);
        }
    }

    private void awaitAnswer(App app, Supplier<Seen> look) {
        Optional<Failure> failure = readiness.await(app, updates.host(app.name()), look);
        if (failure.isPresent()) {
            throw new AppFailedException(app.name(), withLog(app, failure.get()));
        }
    }

    /**
     * What became of a container that is not the app's yet.
     *
     * @throws OvertakenException if another process did away with it
     */
    private Seen look(App app, String candidate) {
        return containers
                .inspect(candidate)
                .filter(container -> replacement.isCandidate(app.name(), container))
                .flatMap(reader::read)
                .map(Rollout::seen)
                .orElseThrow(() -> new OvertakenException(app.name()));
    }

    private Seen look(App app) {
        AppStatus status = reader.find(app.name()).orElseThrow(() -> new TargetException(app.name() + " was removed"));
        if (!status.app().equals(app)) {
            throw new OvertakenException(app.name());
        }
        return seen(status);
    }

    private static Seen seen(AppStatus status) {
        return switch (status.state()) {
            case FAILED -> new Seen.Ended(status.failure().orElseThrow());
            // A front door stopped it, or whoever may: it had no time to fail.
            case ASLEEP -> new Seen.Stopped();
            case WAKING, AWAKE, FROZEN -> new Seen.Running(status.endpoints());
        };
    }

    private Failure withLog(App app, Failure failure) {
        if (!failure.logLines().isEmpty()) {
            return failure;
        }
        return containers.of(app.name()).stream()
                .filter(container -> container.role() == AppContainer.Role.CANDIDATE)
                .findFirst()
                .map(AppContainer::id)
                .or(() -> replacement.settle(app.name()))
                .map(id -> new Failure(failure.reason(), failure.exitCode(), failure.at(), containers.log(id)))
                .orElse(failure);
    }
}
