package dev.rac.targets.docker;

import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppName;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import java.util.List;
import java.util.Optional;

/** Has apps run. The caller holds the app's lock. */
final class Waker {
    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;
    private final Settled settled;
    private final Starter starter;
    private final Paused paused;

    Waker(
            Containers containers,
            Replacement replacement,
            AppReader reader,
            Settled settled,
            Starter starter,
            Paused paused) {
        this.containers = containers;
        this.replacement = replacement;
        this.reader = reader;
        this.settled = settled;
        this.starter = starter;
        this.paused = paused;
    }

    List<Endpoint> wake(AppName name) {
        return paused.take(name).flatMap(id -> resume(name, id)).orElseGet(() -> start(name));
    }

    /** Lets a container go on without a look at it before; nothing if it is not, or no longer, what the app is. */
    private Optional<List<Endpoint>> resume(AppName name, String id) {
        try {
            containers.unpause(id);
        } catch (TargetException e) {
            return Optional.empty();
        }
        return reader.listed(name)
                .filter(status -> status.state() == AppState.AWAKE)
                .map(AppStatus::endpoints);
    }

    private List<Endpoint> start(AppName name) {
        AppContainer main = settled.container(name);
        Optional<TargetException> refusal = starter.start(main);
        AppStatus status = containers
                .inspect(main.id())
                .flatMap(reader::read)
                // Another process replaced or removed it.
                .or(() -> reader.find(name))
                .orElseThrow(() -> new UnknownAppException(name));
        return switch (status.state()) {
            case AWAKE -> status.endpoints();
            case FROZEN -> throw refusal.orElseGet(() -> new TargetException(name + " was frozen while it woke"));
            case FAILED -> {
                Failure failure = status.failure().orElseThrow();
                if (refusal.isPresent()) {
                    // The engine says so of the container itself only; its listing would say that the app sleeps.
                    replacement.replace(status.app(), Optional.of(failure), settled.environment(name));
                }
                throw new AppFailedException(name, failure);
            }
            case ASLEEP ->
                throw refusal.orElseGet(
                        () -> new TargetException("another process put " + name + " to sleep while it woke"));
            case WAKING ->
                throw refusal.orElseGet(
                        () -> new TargetException(name + " was started, but has no address in its network"));
        };
    }
}
