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

    /**
     * Whether nothing is to be done to deploy an app: it is here already, or the same revision of it runs and must not
     * be stopped for the sake of who pushed it when. One that failed is always deployed anew.
     */
    public boolean isDeployed(App wanted) {
        return switch (state) {
            case ASLEEP -> app.equals(wanted);
            case WAKING, AWAKE -> app.isSameRevisionAs(wanted);
            case FAILED -> false;
        };
    }
}
