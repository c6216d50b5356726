package dev.rac.targets;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What should run for a repository: one revision of it, with the settings that its image says.
 *
 * <p>A target keeps the whole of it on the platform's own object, so that what is deployed can be read back.
 *
 * @param name the app's identity and host label
 * @param repository the registry's repository, such as {@code alice/hello}
 * @param tag the tag that was pushed
 * @param digest the manifest to run, {@code sha256:…}; of an index, the entry for the target's platform
 * @param image what the engine pulls, by digest: {@code localhost:8080/alice/hello@sha256:…}
 * @param port the container's TCP port that answers HTTP, 1 to 65535
 * @param environment variables set beside those of the image
 * @param volumes absolute paths whose content outlives the container
 * @param health how to tell that a started container answers
 * @param scaling how many instances, and when they sleep
 * @param resources what one instance may use
 * @param update how a running app is replaced by its next revision
 * @param description labels kept for display, {@code org.opencontainers.image.*}
 * @param warnings what the pusher should know about the image's labels
 * @param pushedBy the user who pushed it or rolled back to it, empty for anonymous
 * @param pushedAt when the registry took the push, or when the rollback was asked for
 * @param settings tells apart what its owner set beside the image ({@link AppSecrets#environment}); empty: nothing
 */
public record App(
        AppName name,
        String repository,
        String tag,
        String digest,
        String image,
        int port,
        Map<String, String> environment,
        List<String> volumes,
        Health health,
        Scaling scaling,
        Resources resources,
        Update update,
        Map<String, String> description,
        List<String> warnings,
        Optional<String> pushedBy,
        Instant pushedAt,
        Optional<String> settings) {

    public App {
        environment = Map.copyOf(environment);
        volumes = List.copyOf(volumes);
        description = Map.copyOf(description);
        warnings = List.copyOf(warnings);
    }

    /** Whether this and the other differ at most in who pushed them when: the same revision, pushed again. */
    public boolean isSameRevisionAs(App other) {
        return with(image, other.pushedBy(), other.pushedAt(), settings).equals(other);
    }

    /** The same with other {@link #settings()}: another revision, unless they are the same. */
    public App withSettings(Optional<String> other) {
        return with(image, pushedBy, pushedAt, other);
    }

    /** The same, pulled from elsewhere. */
    public App withImage(String other) {
        return with(other, pushedBy, pushedAt, settings);
    }

    private App with(String newImage, Optional<String> newPushedBy, Instant newPushedAt, Optional<String> newSettings) {
        return new App(
                name,
                repository,
                tag,
                digest,
                newImage,
                port,
                environment,
                volumes,
                health,
                scaling,
                resources,
                update,
                description,
                warnings,
                newPushedBy,
                newPushedAt,
                newSettings);
    }

    /**
     * Whether a running instance is replaced by one that runs beside it for a while. Two instances with volumes never
     * do.
     */
    public boolean startsFirst() {
        return update == Update.START_FIRST && volumes.isEmpty();
    }

    /**
     * How a started container is found ready.
     *
     * @param path the HTTP path that must answer 200 to 399; empty: the port accepting a connection is enough
     * @param timeout from the start to the first such answer; after it the start has failed
     */
    public record Health(Optional<String> path, Duration timeout) {}

    /**
     * How many instances run, and when none.
     *
     * @param minimum instances that stay awake without requests, 0 to 3
     * @param maximum instances at most, 1 to 3
     * @param concurrency requests in flight to one instance at once; empty: no limit
     * @param idleTimeout no request for so long puts the app to sleep; empty: the front door's own setting
     */
    public record Scaling(int minimum, int maximum, Optional<Integer> concurrency, Optional<Duration> idleTimeout) {}

    /**
     * Limits of one instance.
     *
     * @param cpuMillis thousandths of a CPU
     * @param memoryBytes memory without swap
     */
    public record Resources(int cpuMillis, long memoryBytes) {}

    /** How a running app is replaced. */
    public enum Update {
        /** The next revision runs before the last one stops. */
        START_FIRST,
        /** The last revision stops before the next one starts; always so for an app with volumes. */
        STOP_FIRST
    }
}
