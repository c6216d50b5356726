package dev.rac.edgeproxy.wake;

import dev.rac.targets.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams of an app's endpoints that answer: one for each, for as long as it is wanted. Any thread may pick; the
 * changes come one after another.
 */
final class Upstreams {
    private final Upstream.Factory factory;
    private volatile List<Upstream> open = List.of();

    Upstreams(Upstream.Factory factory) {
        this.factory = factory;
    }

    /**
     * One of them, or null if there is none.
     *
     * @param turn spreads requests over several
     */
    @Nullable
    Upstream pick(int turn) {
        List<Upstream> now = open;
        return switch (now.size()) {
            case 0 -> null;
            case 1 -> now.getFirst();
            default -> now.get(turn % now.size());
        };
    }

    /**
     * Opens those that are not open yet, which connects nothing, and gives up those of other endpoints.
     *
     * @return what was given up: to be closed
     */
    List<Upstream> connect(List<Endpoint> wanted) {
        List<Upstream> old = open;
        if (old.stream().map(Upstream::endpoint).toList().equals(wanted)) {
            return List.of();
        }
        open = wanted.stream()
                .map(endpoint -> old.stream()
                        .filter(upstream -> upstream.endpoint().equals(endpoint))
                        .findFirst()
                        .orElseGet(() -> factory.open(endpoint)))
                .toList();
        return old.stream()
                .filter(upstream -> !wanted.contains(upstream.endpoint()))
                .toList();
    }
}
