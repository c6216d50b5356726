package dev.rac.edgeproxy.wake;

import java.time.Duration;

/**
 * How apps are woken and put to sleep.
 *
 * @param idleTimeout no request in flight for so long puts an app to sleep, unless the app says otherwise
 */
public record WakeSettings(WaitLimits limits, Duration idleTimeout) {}
