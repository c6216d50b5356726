package dev.rac.targets.docker;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Failure;
import java.time.InstantSource;
import java.util.Optional;

/** Has apps rest. The caller holds the app's lock. */
final class Sleeper {
    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;
    private final Settled settled;
    private final Drains drains;
    private final Paused paused;
    private final InstantSource clock;

    Sleeper(
            Containers containers,
            Replacement replacement,
            AppReader reader,
            Settled settled,
            Drains drains,
            Paused paused,
            InstantSource clock) {
        this.containers = containers;
        this.replacement = replacement;
        this.reader = reader;
        this.settled = settled;
        this.drains = drains;
        this.paused = paused;
        this.clock = clock;
    }

    /** Pauses its processes, if it runs and nothing is done to it; says whether they are. */
    boolean freeze(AppName name) {
        AppStatus status = settled.status(name);
        if (status.state() == AppState.AWAKE && !status.updating()) {
            status.endpoints().forEach(endpoint -> {
                containers.pause(endpoint.instance());
                paused.add(name, endpoint);
            });
        }
        return reader.find(name).filter(now -> now.state() == AppState.FROZEN).isPresent();
    }

    void sleep(AppName name) {
        AppStatus status = settled.status(name);
        if (status.state() != AppState.ASLEEP) {
            stop(status, Optional.empty());
        }
    }

    /** Stops this revision of the app, with the reason for whoever looks at it. */
    void fail(App app, String reason) {
        AppStatus status = settled.status(app.name());
        // Nothing starts a container that ended but a wake: where the reason is the same, all is done.
        boolean recorded =
                status.failure().filter(own -> own.reason().equals(reason)).isPresent();
        if (status.app().isSameRevisionAs(app) && !recorded) {
            stop(status, Optional.of(failure(status, reason)));
        }
    }

    /** Puts a fresh container in the place of one that runs; who asks meanwhile starts that, where two may run. */
    private void stop(AppStatus status, Optional<Failure> failure) {
        App app = status.app();
        if (app.startsFirst()) {
            replacement.supersede(app, failure, settled.environment(app.name()), drains::stop);
        } else {
            replacement.replace(app, failure, settled.environment(app.name()));
        }
        paused.take(app.name());
    }

    /** The failure to record of an app: its own one, if it ended by itself, but for the reason. */
    private Failure failure(AppStatus status, String reason) {
        return status.failure()
                .map(own -> new Failure(reason, own.exitCode(), own.at(), own.logLines()))
                .orElseGet(() -> new Failure(
                        reason,
                        Optional.empty(),
                        clock.instant(),
                        status.endpoints().stream()
                                .flatMap(endpoint -> containers.log(endpoint.instance()).stream())
                                .toList()));
    }
}
