package dev.rac.edgeproxy.wake;

import java.time.Duration;
import java.util.Optional;

/**
 * How long no request may be in flight before an app rests. Pure.
 *
 * @param freeze until it is frozen; empty: never, or the target cannot
 * @param idle until it is put to sleep, unless the app says otherwise
 */
record RestTimes(Optional<Duration> freeze, Duration idle) {
    /**
     * What it is time for.
     *
     * @param quiet how long no request has been in flight
     */
    Optional<WakeEvent> due(AppModel model, Duration quiet) {
        if (model.app().scaling().minimum() > 0) {
            return Optional.empty();
        }
        Duration untilIdle = model.app().scaling().idleTimeout().orElse(idle);
        if (quiet.compareTo(untilIdle) >= 0) {
            return Optional.<WakeEvent>of(new WakeEvent.Idle()).filter(event -> maySleep(model.state()));
        }
        boolean freezes = model.state() instanceof WakeState.Awake
                && freeze.filter(untilFrozen -> quiet.compareTo(untilFrozen) >= 0)
                        .isPresent();
        return freezes ? Optional.of(new WakeEvent.Quiet()) : Optional.empty();
    }

    private static boolean maySleep(WakeState state) {
        return switch (state) {
            case WakeState.Awake awake -> true;
            case WakeState.Found found -> true;
            case WakeState.Frozen frozen -> true;
            case WakeState.Failed failed -> failed.mayRun();
            case WakeState.Asleep asleep -> false;
            case WakeState.Waking waking -> false;
            case WakeState.Freezing freezing -> false;
            case WakeState.Draining draining -> false;
            case WakeState.Removed removed -> false;
        };
    }
}
