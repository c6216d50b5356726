package dev.rac.targets.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Statistics;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import dev.rac.targets.LogLine;
import dev.rac.targets.TargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Our containers on an engine. Another process may work on the same ones: what it did already is no error here, and
 * where it is in the way, the caller looks again.
 */
final class Containers {
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final Engine engine;
    private final ObjectNames names;

    Containers(Engine engine, ObjectNames names) {
        this.engine = engine;
        this.names = names;
    }

    /** Every container of ours. */
    List<AppContainer> all() {
        return list("list containers", Labels.of(names.namespace()));
    }

    /** Every container of ours with what the engine's listing says of it. */
    Map<AppContainer, Container> listed() {
        return listed("list containers", Labels.of(names.namespace()));
    }

    /** One app's containers. */
    List<AppContainer> of(AppName app) {
        return list("list the containers of " + app, Labels.of(names.namespace(), app));
    }

    /** Looks into a container, unless it is gone. */
    Optional<InspectContainerResponse> inspect(String idOrName) {
        return engine.ask("inspect container " + idOrName, () -> {
            try {
                return Optional.of(engine.client().inspectContainerCmd(idOrName).exec());
            } catch (NotFoundException gone) {
                return Optional.empty();
            }
        });
    }

    /**
     * Creates a container.
     *
     * @return whether it was; not if another container of ours has the name already
     * @throws TargetException if a foreign container has the name
     */
    boolean create(String name, ContainerSpec spec) {
        return engine.ask("create container " + name, () -> {
            try {
                engine.client()
                        .createContainerCmd(spec.image())
                        .withName(name)
                        .withEnv(spec.environment())
                        .withLabels(spec.labels())
                        .withHostConfig(spec.host())
                        .exec();
                return true;
            } catch (ConflictException taken) {
                requireOurs(name);
                return false;
            }
        });
    }

    /** Starts the container, unless it runs. */
    void start(String id) {
        engine.tell("start container " + id, () -> {
            try {
                engine.client().startContainerCmd(id).exec();
            } catch (NotModifiedException running) {
                // As asked.
            } catch (ConflictException | InternalServerErrorException paused) {
                // Engines refuse to start a frozen container, each in its own way.
                if (!isPaused(id)) {
                    throw paused;
                }
                engine.client().unpauseContainerCmd(id).exec();
            }
        });
    }

    /** Lets the container's paused processes go on. */
    void unpause(String id) {
        engine.tell(
                "unpause container " + id,
                () -> engine.client().unpauseContainerCmd(id).exec());
    }

    /** Pauses the container's processes, if it runs. */
    void pause(String id) {
        engine.tell("pause container " + id, () -> {
            try {
                engine.client().pauseContainerCmd(id).exec();
            } catch (NotFoundException | ConflictException | InternalServerErrorException ended) {
                // Gone, stopped or paused already, each of which the caller finds when it looks again.
                if (inspect(id)
                        .filter(container -> Boolean.TRUE.equals(
                                        container.getState().getRunning())
                                && !Boolean.TRUE.equals(container.getState().getPaused()))
                        .isPresent()) {
                    throw ended;
                }
            }
        });
    }

    /** The memory that the container's processes hold, in bytes; 0 if none are there. */
    long memory(String id) {
        return engine.ask("read the memory of container " + id, () -> {
            var used = new AtomicLong();
            try (var stream = new StreamResult<Statistics>(seen -> used.set(bytes(seen)))) {
                engine.client().statsCmd(id).withNoStream(true).exec(stream);
                stream.await();
            } catch (NotFoundException gone) {
                return 0L;
            }
            return used.get();
        });
    }

    // Of a container that does not run, engines tell nothing.
    private static long bytes(Statistics statistics) {
        return Optional.ofNullable(statistics.getMemoryStats())
                .map(memory -> memory.getUsage())
                .orElse(0L);
    }

    private boolean isPaused(String id) {
        return inspect(id)
                .map(container -> container.getState().getPaused())
                .filter(Boolean.TRUE::equals)
                .isPresent();
    }

    /** Sends the image's STOPSIGNAL, and KILL ten seconds later; returns once the container has stopped. */
    void stop(String id) {
        engine.tell("stop container " + id, () -> {
            try {
                engine.client()
                        .stopContainerCmd(id)
                        .withTimeout((int) STOP_GRACE.toSeconds())
                        .exec();
            } catch (NotModifiedException | NotFoundException stopped) {
                // As asked.
            }
        });
    }

    /** Removes the container, with those of its volumes that have no name. */
    void remove(String id) {
        engine.tell("remove container " + id, () -> {
            try {
                engine.client().removeContainerCmd(id).withRemoveVolumes(true).exec();
            } catch (NotFoundException | ConflictException alreadyOnItsWay) {
                // Another process removes it; or it runs again, which the caller finds when it looks again.
            }
        });
    }

    /**
     * Renames the container, unless it is gone or the name is taken by another of ours.
     *
     * @throws TargetException if a foreign container has the name
     */
    void rename(String id, String name) {
        engine.tell("rename container " + id + " to " + name, () -> {
            try {
                engine.client().renameContainerCmd(id).withName(name).exec();
            } catch (NotFoundException gone) {
                // The caller looks again.
            } catch (ConflictException taken) {
                requireOurs(name);
            } catch (BadRequestException e) {
                // So the engine answers where another process gave it that name already.
                if (!inspect(id)
                        .map(InspectContainerResponse::getName)
                        .filter(("/" + name)::equals)
                        .isPresent()) {
                    throw e;
                }
            }
        });
    }

    /** The last lines of the container's output; none if it is gone. */
    List<String> log(String id) {
        return engine.ask("read the log of container " + id, () -> {
            var tail = new LogTail();
            try (var stream = new StreamResult<>(tail)) {
                engine.client()
                        .logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTail(Failure.MAX_LOG_LINES)
                        .exec(stream);
                stream.await();
            } catch (NotFoundException | ConflictException gone) {
                // The latter while another process removes it.
                return List.of();
            }
            return tail.lines();
        });
    }

    /** Gives the lines of the container's output until it ends, or this thread is interrupted. */
    void followLog(String id, Optional<Instant> since, Consumer<LogLine> lines) {
        engine.tell("follow the log of container " + id, () -> {
            try (var stream = new StreamResult<>(new LogFollower(since, lines))) {
                var log = engine.client()
                        .logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTimestamps(true)
                        .withFollowStream(true);
                since.ifPresent(at -> log.withSince((int) at.getEpochSecond()));
                log.exec(stream);
                stream.await();
            }
        });
    }

    /** The variables of a container, with those of its image: {@code NAME=value} each. */
    static List<String> environment(InspectContainerResponse container) {
        return Optional.ofNullable(container.getConfig().getEnv()).map(List::of).orElse(List.of());
    }

    private List<AppContainer> list(String what, Map<String, String> labels) {
        return List.copyOf(listed(what, labels).keySet());
    }

    private Map<AppContainer, Container> listed(String what, Map<String, String> labels) {
        return engine.ask(
                what,
                () -> listAll(labels).stream()
                        .flatMap(listed -> AppContainer.of(listed, names).map(ours -> Map.entry(ours, listed)).stream())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (one, same) -> same, LinkedHashMap::new)));
    }

    private List<Container> listAll(Map<String, String> labels) {
        return engine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels)
                .exec();
    }

    private void requireOurs(String name) {
        inspect(name).ifPresent(container -> {
            Map<String, String> labels =
                    Optional.ofNullable(container.getConfig().getLabels()).orElse(Map.of());
            if (!names.namespace().equals(labels.get(Labels.NAMESPACE))) {
                throw new TargetException(
                        "the container name " + name + " is taken by a container of somebody else's: rename that one");
            }
        });
    }
}
