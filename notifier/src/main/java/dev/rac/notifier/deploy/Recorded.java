package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import java.time.Instant;
import java.util.Optional;

/**
 * A push of which something was recorded.
 *
 * @param app what it was deployed as, if it was
 * @param at when that was recorded
 */
public record Recorded(Push push, Optional<AppName> app, Instant at) {}
