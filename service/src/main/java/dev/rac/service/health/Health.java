package dev.rac.service.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Named readiness checks of a service. A check gives the reason why the service cannot do its work, or nothing.
 *
 * <p>Checks are added while the service is wired, before it answers requests; asking is thread-safe.
 */
public final class Health {
    private final Map<String, Supplier<Optional<String>>> checks = new LinkedHashMap<>();

    public Health check(String name, Supplier<Optional<String>> reasonAgainst) {
        checks.put(name, reasonAgainst);
        return this;
    }

    /** The failed checks with their reasons; empty when the service is ready. */
    public Map<String, String> failures() {
        var failures = new LinkedHashMap<String, String>();
        checks.forEach((name, check) -> reason(check).ifPresent(reason -> failures.put(name, reason)));
        return failures;
    }

    private static Optional<String> reason(Supplier<Optional<String>> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
    }
}
