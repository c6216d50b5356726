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
 * @param updating whether another revision is being started, which takes its place when it answers
 */
public record AppStatus(
        App app, AppState state, List<Endpoint> endpoints, Optional<Failure> failure, boolean updating) {
    public AppStatus {
        endpoints = List.copyOf(endpoints);
    }

    /** An app that is not being updated. */
    public AppStatus(App app, AppState state, List<Endpoint> endpoints, Optional<Failure> failure) {
        this(app, state, endpoints, failure, false);
    }

    /** The same, while another revision is being started. */
    public AppStatus beingUpdated() {
        return new AppStatus(app, state, endpoints, failure, true);
    }

    /** Whether processes of it are there, frozen ones included. */
    public boolean runs() {
        return switch (state) {
            case WAKING, AWAKE, FROZEN -> true;
            case ASLEEP, FAILED -> false;
        };
    }

    /**
     * Whether nothing is to be done to deploy an app: it is here already, or the same revision of it runs and must not
     * be stopped for the sake of who pushed it when. One that failed is always deployed anew.
     */
    public boolean isDeployed(App wanted) {
        return switch (state) {
            case ASLEEP -> app.equals(wanted);
            case WAKING, AWAKE, FROZEN -> app.isSameRevisionAs(wanted);
            case FAILED -> false;
        };
    }
}
