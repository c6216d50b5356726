package dev.rac.edgeproxy.wake;

import java.time.Duration;

/**
 * How many requests may wait, and how long.
 *
 * @param perApp for one app
 * @param overall for all apps together
 * @param deadline from a request's arrival to its refusal
 */
public record WaitLimits(int perApp, int overall, Duration deadline) {}
