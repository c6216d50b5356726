package dev.rac.registryauth.token;

import dev.rac.registryauth.access.TokenSecret;
import dev.rac.registryauth.token.TokenRequest.Grant;
import dev.rac.service.http.Credentials;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts and times the requests for tokens, by how they were made and what came of them. Thread-safe. */
public final class TokenMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    // The registry would look it up by name and tags each time.
    private final Map<Label, Timer> timers = new ConcurrentHashMap<>();

    public TokenMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What came of a request. */
    enum Outcome {
        /** All that was asked for. */
        GRANTED,
        /** Not all of it, maybe nothing. */
        PARTIAL,
        /** Missing or wrong credentials. */
        DENIED,
        /** A request that is not valid. */
        INVALID,
        /** Too many passwords to check, or too many wrong ones before. */
        BUSY,
        /** A fault of ours. */
        ERROR
    }

    private record Label(String grant, Outcome outcome) {}

    void record(String grant, Outcome outcome, Duration taken) {
        timers.computeIfAbsent(new Label(grant, outcome), this::timer).record(taken);
    }

    private Timer timer(Label label) {
        return Timer.builder("rac.token.requests")
                .description("Requests for tokens")
                .tag("grant", label.grant())
                .tag("outcome", label.outcome().name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    static String label(Grant grant) {
        return switch (grant) {
            case Grant.Login(Credentials.None()) -> "anonymous";
            case Grant.Login(Credentials.Bearer(String token)) when TokenSecret.isAccessToken(token) -> "access_token";
            case Grant.Login(Credentials.Basic(String user, String password))
            when TokenSecret.isAccessToken(password) -> "access_token";
            case Grant.Login(Credentials.Basic(String user, String password)) when user.startsWith("@") -> "service";
            case Grant.Login ignored -> "password";
            case Grant.Refresh ignored -> "refresh_token";
        };
    }
}
