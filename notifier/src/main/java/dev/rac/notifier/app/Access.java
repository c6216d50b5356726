package dev.rac.notifier.app;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may do with the apps of some repositories.
 *
 * @param actions by repository: {@code read}, {@code write}
 * @param user who the caller is, empty for anonymous
 * @param anonymous whether the caller showed no credentials
 */
record Access(Map<String, Set<String>> actions, Optional<String> user, boolean anonymous) {
    Access {
        actions = Map.copyOf(actions);
    }

    boolean mayRead(String repository) {
        return may(repository, "read");
    }

    boolean mayWrite(String repository) {
        return may(repository, "write");
    }

    private boolean may(String repository, String action) {
        return actions.getOrDefault(repository, Set.of()).contains(action);
    }
}
