package dev.rac.notifier.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is recorded of a repository.
 *
 * @param pushes by tag, the last push
 * @param deployed of each app, what was deployed last: a push, or a rollback to one
 * @param removals by tag
 * @param pending tags of which a push is under way
 */
public record Known(
        Map<String, Recorded> pushes, List<Recorded> deployed, Map<String, Removal> removals, Set<String> pending) {
    public Known {
        pushes = Map.copyOf(pushes);
        deployed = List.copyOf(deployed);
        removals = Map.copyOf(removals);
        pending = Set.copyOf(pending);
    }

    /** The last push of a tag. */
    public Optional<Recorded> push(String tag) {
        return Optional.ofNullable(pushes.get(tag));
    }

    /** That a tag's app was removed, and nothing was pushed since. */
    public Optional<Removal> removal(String tag) {
        return Optional.ofNullable(removals.get(tag))
                .or(() -> Optional.ofNullable(removals.get(Removal.ANY_TAG)))
                .filter(removal -> push(tag)
                        .map(Recorded::at)
                        .filter(at -> at.isAfter(removal.at()))
                        .isEmpty());
    }

    /** What was last pushed under a tag, as far as is known. */
    public Optional<String> digest(String tag) {
        Optional<Removal> removal = removal(tag);
        return removal.isPresent()
                ? removal.get().digest()
                : push(tag).map(recorded -> recorded.push().digest());
    }
}
