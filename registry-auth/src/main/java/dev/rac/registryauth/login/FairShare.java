package dev.rac.registryauth.login;

import dev.rac.registryauth.user.PasswordsBusyException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets each source have only so many passwords checked at the same time, so that none fills the queue. Thread-safe;
 * sources do not wait for each other.
 */
final class FairShare {
    // A quarter of what one processor's queue takes.
    static final int MAX_PER_SOURCE = 4;

    private final Map<String, Map<String, Integer>> running = new ConcurrentHashMap<>();

    /**
     * Begins a check; {@link #leave} ends it. Simultaneous checks of one password are one.
     *
     * @throws PasswordsBusyException if the source has too many
     */
    void enter(String source, String password) {
        running.compute(source, (key, checks) -> {
            Map<String, Integer> mine = checks == null ? new HashMap<>() : checks;
            if (!mine.containsKey(password) && mine.size() >= MAX_PER_SOURCE) {
                throw new PasswordsBusyException();
            }
            mine.merge(password, 1, Integer::sum);
            return mine;
        });
    }

    void leave(String source, String password) {
        running.computeIfPresent(source, (key, mine) -> {
            mine.computeIfPresent(password, (same, count) -> count == 1 ? null : count - 1);
            return mine.isEmpty() ? null : mine;
        });
    }
}
