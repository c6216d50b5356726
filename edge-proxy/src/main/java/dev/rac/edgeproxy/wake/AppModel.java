package dev.rac.edgeproxy.wake;

import dev.rac.targets.App;
import dev.rac.targets.Failure;
import java.util.Optional;

/**
 * All that the state machine knows of an app.
 *
 * @param app what should run, as last told
 * @param failure the failure last told
 * @param failures how many starts or runs in a row ended badly
 * @param attempts how many starts there were
 */
record AppModel(App app, Optional<Failure> failure, int failures, long attempts, WakeState state) {

    /** An app of which nothing is known to run. */
    static AppModel of(App app) {
        return new AppModel(app, Optional.empty(), 0, 0, new WakeState.Asleep());
    }

    AppModel with(WakeState next) {
        return new AppModel(app, failure, failures, attempts, next);
    }

    AppModel withFailures(int count) {
        return new AppModel(app, failure, count, attempts, state);
    }

    AppModel withAttempt() {
        return new AppModel(app, failure, failures, attempts + 1, state);
    }

    /** Takes over what should run, and how it last failed; another revision starts with a clean record. */
    AppModel told(App told, Optional<Failure> why) {
        return new AppModel(told, why, app.equals(told) ? failures : 0, attempts, state);
    }
}
