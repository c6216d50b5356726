package dev.rac.targets.docker;

import dev.rac.targets.docker.AppContainer.Role;
import java.util.List;
import java.util.Optional;

/**
 * What is left to do for an app's containers, wherever a replacement or a removal was broken off. Replacing and removing
 * themselves are one rename or creation, and then these steps.
 */
sealed interface Repair {
    /** Stop and remove the container. */
    record Discard(String id) implements Repair {}

    /** Give the container the main one's name. */
    record Promote(String id) implements Repair {}

    /** Nothing is left to do; this is the app's container, if it has one. */
    record Settled(Optional<AppContainer> container) implements Repair {}

    static Repair step(List<AppContainer> ofOneApp) {
        Optional<AppContainer> gone = AppContainer.withRole(ofOneApp, Role.GONE);
        Optional<AppContainer> next = AppContainer.withRole(ofOneApp, Role.NEXT);
        Optional<AppContainer> main = AppContainer.withRole(ofOneApp, Role.MAIN);
        if (gone.isPresent()) {
            return new Discard(gone.get().id());
        }
        Optional<AppContainer> successor = AppContainer.successor(ofOneApp);
        if (successor.isPresent()) {
            return new Promote(successor.get().id());
        }
        if (next.isEmpty()) {
            return new Settled(main);
        }
        // The main one goes first: two containers of an app with volumes must never run at once.
        return main.isPresent()
                ? new Discard(main.get().id())
                : new Promote(next.get().id());
    }
}
