package dev.rac.edgeproxy.wake;

import java.time.Duration;
import java.util.Optional;

/**
 * How apps are woken and put to sleep.
 *
 * @param idleTimeout no request in flight for so long puts an app to sleep, unless the app says otherwise
 * @param freezeTimeout no request in flight for so long freezes an app, where the target can; empty: never
 * @param freezeMemoryBytes what frozen apps may hold together of the host's memory
 */
public record WakeSettings(
        WaitLimits limits, Duration idleTimeout, Optional<Duration> freezeTimeout, long freezeMemoryBytes) {}
