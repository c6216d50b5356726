package dev.rac.targets;

import java.time.Duration;

/**
 * How running apps are replaced by their next revisions.
 *
 * @param domain what follows an app's name in its host: instances are asked under it whether they answer
 * @param drainTimeout how long requests that a replaced instance still serves have, before it is told to stop
 */
public record Updates(String domain, Duration drainTimeout) {
    /** Unless told otherwise. */
    public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

    /** The host of an app. */
    public String host(AppName app) {
        return app + "." + domain;
    }
}
