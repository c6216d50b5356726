package dev.rac.targets;

import java.util.List;
import java.util.Optional;

/**
 * An app as its target has it now.
 *
 * @param app what should run
 * @param state what does
 * @param endpoints the instances' own addresses; none unless awake
 * @param failure why it failed, when it did
 */
public record AppStatus(App app, AppState state, List<Endpoint> endpoints, Optional<Failure> failure) {
    public AppStatus {
        endpoints = List.copyOf(endpoints);
    }
}
