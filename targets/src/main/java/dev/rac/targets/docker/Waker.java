package dev.rac.targets.docker;

import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has apps run. The caller holds the app's lock. */
final class Waker {
    private static final Logger LOG = LoggerFactory.getLogger(Waker.class);

    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;
    private final Settled settled;
    private final Starter starter;
    private final Paused paused;
    private final BoundedCalls calls;

    Waker(
            Containers containers,
            Replacement replacement,
            AppReader reader,
            Settled settled,
            Starter starter,
            Paused paused,
            BoundedCalls calls) {
        this.containers = containers;
        this.replacement = replacement;
        this.reader = reader;
        this.settled = settled;
        this.starter = starter;
        this.paused = paused;
        this.calls = calls;
    }

    List<Endpoint> wake(AppName name) {
        return paused.take(name)
                .filter(instance -> resumes(name, instance))
                .map(List::of)
                .orElseGet(() -> start(name));
    }

    /**
     * Lets a container go on that is where it was; false if it is not, or no longer, what the app is. It then may run
     * until the app's containers are settled, but serves nobody.
     */
    private boolean resumes(AppName name, Endpoint instance) {
        // Who waits for the app waits for the slower of the two.
        Future<Boolean> isCurrent = calls.begin(() -> AppContainer.current(containers.of(name))
                .filter(current -> current.id().equals(instance.instance()))
                .isPresent());
        try {
            containers.unpause(instance.instance());
            return isCurrent.get();
        } catch (TargetException e) {
            LOG.debug("{} is looked at again: {}", name, e.getMessage());
            return false;
        } catch (ExecutionException e) {
            throw new TargetException("cannot look at " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("waking " + name + " was interrupted", e);
        } finally {
            isCurrent.cancel(true);
        }
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
