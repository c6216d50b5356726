package dev.rac.targets.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Reads what apps there are, and their states, from the engine. */
final class AppReader {
    private static final Logger LOG = LoggerFactory.getLogger(AppReader.class);
    // How often a container may be replaced between being listed and being inspected.
    private static final int LOOKS = 5;

    private final Containers containers;
    private final ObjectNames names;

    AppReader(Containers containers, ObjectNames names) {
        this.containers = containers;
        this.names = names;
    }

    /** Every app, in the order of its name. */
    List<AppStatus> all() {
        return containers.all().stream()
                .map(AppContainer::app)
                .distinct()
                .sorted(Comparator.comparing(AppName::value))
                .flatMap(app -> find(app).stream())
                .toList();
    }

    Optional<AppStatus> find(AppName app) {
        for (int look = 0; look < LOOKS; look++) {
            Optional<AppContainer> current = AppContainer.current(containers.of(app));
            if (current.isEmpty()) {
                return Optional.empty();
            }
            Optional<AppStatus> status = containers.inspect(current.get().id()).flatMap(this::read);
            if (status.isPresent()) {
                return status;
            }
        }
        return Optional.empty();
    }

    /** What a container of ours says, unless it is about to vanish or not readable. */
    Optional<AppStatus> read(InspectContainerResponse container) {
        if ("removing".equals(container.getState().getStatus())) {
            return Optional.empty();
        }
        try {
            return Optional.of(ContainerStatus.of(container, names.network(), () -> containers.log(container.getId())));
        } catch (JacksonException e) {
            LOG.warn("container {} is left alone: its labels cannot be read ({})", container.getName(), e.getMessage());
            return Optional.empty();
        }
    }
}
