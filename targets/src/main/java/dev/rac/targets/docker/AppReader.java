package dev.rac.targets.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Reads what apps there are, and their states, from the engine. */
final class AppReader {
    private static final Logger LOG = LoggerFactory.getLogger(AppReader.class);
    // How often a container may be replaced between being listed and being inspected.
    private static final int LOOKS = 5;
    private static final int INSPECTED_AT_ONCE = 8;

    private final Containers containers;
    private final ObjectNames names;
    // Of which the log tells already.
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    AppReader(Containers containers, ObjectNames names) {
        this.containers = containers;
        this.names = names;
    }

    /** Every app, in the order of its name. */
    List<AppStatus> all() {
        Map<AppContainer, Container> listed = containers.listed();
        Map<AppName, List<AppContainer>> byApp =
                listed.keySet().stream().collect(Collectors.groupingBy(AppContainer::app));
        return byApp.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().value()))
                .gather(Gatherers.mapConcurrent(
                        INSPECTED_AT_ONCE, entry -> read(entry.getKey(), entry.getValue(), listed)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The listing says enough of what sleeps or runs: a thousand apps are one question, not a thousand and one. */
    private Optional<AppStatus> read(AppName app, List<AppContainer> ofOneApp, Map<AppContainer, Container> listed) {
        try {
            Optional<AppStatus> status = AppContainer.current(ofOneApp)
                    .map(listed::get)
                    .flatMap(container -> ContainerStatus.of(container, names.network()));
            return status.isPresent()
                    ? status.map(known -> isUpdating(ofOneApp) ? known.beingUpdated() : known)
                    : find(app, ofOneApp, LOOKS);
        } catch (JacksonException e) {
            // Looking into it tells in the log what cannot be read.
            return find(app, ofOneApp, LOOKS);
        }
    }

    Optional<AppStatus> find(AppName app) {
        return find(app, containers.of(app), LOOKS);
    }

    private Optional<AppStatus> find(AppName app, List<AppContainer> listed, int looks) {
        Optional<AppContainer> current = AppContainer.current(listed);
        if (current.isEmpty() || looks == 0) {
            return Optional.empty();
        }
        Optional<InspectContainerResponse> container =
                containers.inspect(current.get().id()).filter(AppReader::stays);
        return container.isPresent()
                ? read(container.get()).map(status -> isUpdating(listed) ? status.beingUpdated() : status)
                : find(app, containers.of(app), looks - 1);
    }

    private static boolean isUpdating(List<AppContainer> listed) {
        return AppContainer.withRole(listed, AppContainer.Role.CANDIDATE).isPresent()
                && AppContainer.successor(listed).isEmpty();
    }

    /** What a container of ours says, unless that cannot be read. */
    Optional<AppStatus> read(InspectContainerResponse container) {
        try {
            return Optional.of(ContainerStatus.of(container, names.network(), () -> containers.log(container.getId())));
        } catch (JacksonException e) {
            if (unreadable.add(container.getId())) {
                LOG.warn(
                        "container {} is left alone: its labels cannot be read ({})",
                        container.getName(),
                        e.getOriginalMessage());
            }
            return Optional.empty();
        }
    }

    private static boolean stays(InspectContainerResponse container) {
        return !"removing".equals(container.getState().getStatus());
    }
}
