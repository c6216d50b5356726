package dev.rac.targets.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads an app's state from its container. */
final class ContainerStatus {
    // 128 and the number of SIGKILL.
    private static final int KILLED = 137;

    private ContainerStatus() {}

    /**
     * What the inspected container of ours says.
     *
     * @param network the network in which its address is looked for
     * @param log gives its last lines of output; asked only if it ended
     * @throws tools.jackson.core.JacksonException if its labels cannot be read
     */
    static AppStatus of(InspectContainerResponse container, String network, Supplier<List<String>> log) {
        App app = app(container);
        var state = container.getState();
        return switch (Optional.ofNullable(state.getStatus()).orElse("")) {
            case "created" -> atRest(container, app);
            case "paused" -> frozen(app);
            case "running" ->
                running(
                        app,
                        endpoints(
                                container.getId(),
                                container.getNetworkSettings().getNetworks(),
                                app,
                                network));
            case "restarting" -> new AppStatus(app, AppState.WAKING, List.of(), Optional.empty());
            default -> failed(app, ended(container, app, log.get()));
        };
    }

    /**
     * What the engine's listing says of a container of ours.
     *
     * @return nothing where it says too little: of one that ended
     * @throws tools.jackson.core.JacksonException if its labels cannot be read
     */
    static Optional<AppStatus> of(Container listed, String network) {
        Map<String, String> labels = Optional.ofNullable(listed.getLabels()).orElse(Map.of());
        App app = AppJson.readApp(labels.getOrDefault(Labels.APP, ""));
        return switch (Optional.ofNullable(listed.getState()).orElse("")) {
            case "created" -> Optional.of(atRest(app, labels));
            case "paused" -> Optional.of(frozen(app));
            case "running" -> {
                Map<String, ContainerNetwork> networks = Optional.ofNullable(listed.getNetworkSettings())
                        .map(settings -> settings.getNetworks())
                        .orElse(Map.of());
                yield Optional.of(running(app, endpoints(listed.getId(), networks, app, network)));
            }
            default -> Optional.empty();
        };
    }

    /** The app that a container of ours was made for. */
    static App app(InspectContainerResponse container) {
        return AppJson.readApp(labels(container).getOrDefault(Labels.APP, ""));
    }

    private static AppStatus atRest(InspectContainerResponse container, App app) {
        // The engine leaves a container that it could not start as it was created, but says why.
        if (!error(container).isEmpty()) {
            return failed(app, ended(container, app, List.of()));
        }
        return atRest(app, labels(container));
    }

    private static AppStatus atRest(App app, Map<String, String> labels) {
        String recorded = labels.getOrDefault(Labels.FAILURE, "");
        if (!recorded.isEmpty()) {
            return failed(app, AppJson.readFailure(recorded));
        }
        return new AppStatus(app, AppState.ASLEEP, List.of(), Optional.empty());
    }

    private static AppStatus frozen(App app) {
        return new AppStatus(app, AppState.FROZEN, List.of(), Optional.empty());
    }

    private static AppStatus running(App app, List<Endpoint> endpoints) {
        return new AppStatus(app, endpoints.isEmpty() ? AppState.WAKING : AppState.AWAKE, endpoints, Optional.empty());
    }

    private static AppStatus failed(App app, Failure failure) {
        return new AppStatus(app, AppState.FAILED, List.of(), Optional.of(failure));
    }

    private static Failure ended(InspectContainerResponse container, App app, List<String> log) {
        var state = container.getState();
        int exitCode = Optional.ofNullable(state.getExitCodeLong()).orElse(0L).intValue();
        String reason;
        if (Boolean.TRUE.equals(state.getOOMKilled())) {
            reason = "it was killed for using more than its " + memory(app);
        } else if (!error(container).isEmpty()) {
            reason = "it cannot be started: " + error(container);
        } else if (exitCode == KILLED) {
            // An engine that hears of the end before it hears of the reason never tells it.
            reason = "it was killed (exit status 137), maybe for using more than its " + memory(app);
        } else {
            reason = "it ended with exit status " + exitCode;
        }
        return new Failure(reason, Optional.of(exitCode), endedAt(container), log);
    }

    private static String memory(App app) {
        return (app.resources().memoryBytes() >> 20) + " MiB of memory";
    }

    private static Instant endedAt(InspectContainerResponse container) {
        Instant finished = Optional.ofNullable(container.getState().getFinishedAt())
                .filter(time -> !time.isEmpty())
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
        // Go's zero time, year 1: it never ran.
        return finished.isBefore(Instant.EPOCH) ? Instant.parse(container.getCreated()) : finished;
    }

    private static List<Endpoint> endpoints(
            String id, Map<String, ContainerNetwork> networks, App app, String network) {
        return Optional.ofNullable(networks.get(network))
                .flatMap(attached -> Optional.ofNullable(attached.getIpAddress()))
                .filter(address -> !address.isEmpty())
                .map(address -> List.of(new Endpoint(id, address, app.port())))
                .orElse(List.of());
    }

    private static String error(InspectContainerResponse container) {
        return Optional.ofNullable(container.getState().getError()).orElse("").strip();
    }

    private static Map<String, String> labels(InspectContainerResponse container) {
        return Optional.ofNullable(container.getConfig().getLabels()).orElse(Map.of());
    }
}
