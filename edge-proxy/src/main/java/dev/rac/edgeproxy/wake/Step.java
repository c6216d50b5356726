package dev.rac.edgeproxy.wake;

import java.util.List;

/**
 * What the state machine decided.
 *
 * @param actions to be done, in this order
 */
record Step(AppModel model, List<WakeAction> actions, Verdict verdict) {
    private static final Verdict NO_REQUEST = new Verdict.NoRequest();

    static Step to(AppModel model, WakeAction... actions) {
        return new Step(model, List.of(actions), NO_REQUEST);
    }

    Step with(Verdict other) {
        return new Step(model, actions, other);
    }
}
