package dev.rac.targets.docker;

import com.github.dockerjava.api.model.Container;
import dev.rac.targets.AppName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container of ours, as the engine lists it.
 *
 * @param id never changes, whereas the name, and with it the role, does
 * @param isPaused whether its processes were paused at that moment
 */
record AppContainer(String id, AppName app, Role role, boolean isPaused) {

    /** What a container is to its app, told by its name alone. */
    enum Role {
        /** It runs, or will at the next wake. */
        MAIN,
        /** It becomes the main one as soon as that is gone, and counts as it already. */
        NEXT,
        /** It runs beside the main one, and takes its place once it answers. */
        CANDIDATE,
        /** Another one has its place; it serves its last requests. */
        RETIRED,
        /** Its app is removed, and it is about to be. */
        GONE
    }

    /** The container, if both its labels and its name are ours; nobody else's is ever taken for ours. */
    static Optional<AppContainer> of(Container listed, ObjectNames names) {
        Map<String, String> labels = Optional.ofNullable(listed.getLabels()).orElse(Map.of());
        List<String> called = Arrays.stream(
                        Optional.ofNullable(listed.getNames()).orElse(new String[0]))
                .map(name -> name.startsWith("/") ? name.substring(1) : name)
                .toList();
        return Labels.app(labels, names.namespace())
                .flatMap(app -> role(called, app, names)
                        .map(role -> new AppContainer(listed.getId(), app, role, "paused".equals(listed.getState()))));
    }

    /** In the midst of being renamed, a container is listed with both names: the better one counts. */
    private static Optional<Role> role(List<String> called, AppName app, ObjectNames names) {
        if (called.contains(names.container(app))) {
            return Optional.of(Role.MAIN);
        }
        if (called.contains(names.next(app))) {
            return Optional.of(Role.NEXT);
        }
        if (called.contains(names.candidate(app))) {
            return Optional.of(Role.CANDIDATE);
        }
        if (called.stream().anyMatch(name -> name.startsWith(names.retired(app)))) {
            return Optional.of(Role.RETIRED);
        }
        return called.contains(names.gone(app)) ? Optional.of(Role.GONE) : Optional.empty();
    }

    /** Of one app's containers the one that tells its state, or nothing if the app is removed. */
    static Optional<AppContainer> current(List<AppContainer> ofOneApp) {
        return withRole(ofOneApp, Role.NEXT)
                .or(() -> withRole(ofOneApp, Role.MAIN))
                .or(() -> successor(ofOneApp));
    }

    /** In the midst of a handover, the one that is about to get the main one's name. */
    static Optional<AppContainer> successor(List<AppContainer> ofOneApp) {
        return withRole(ofOneApp, Role.CANDIDATE)
                .filter(candidate -> withRole(ofOneApp, Role.RETIRED).isPresent()
                        && withRole(ofOneApp, Role.MAIN).isEmpty()
                        && withRole(ofOneApp, Role.NEXT).isEmpty());
    }

    static Optional<AppContainer> withRole(List<AppContainer> ofOneApp, Role role) {
        return ofOneApp.stream().filter(container -> container.role() == role).findFirst();
    }
}
