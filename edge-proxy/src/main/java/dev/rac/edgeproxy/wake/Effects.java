package dev.rac.edgeproxy.wake;

import dev.rac.targets.App;

/** What a gate wants done outside. Each returns at once and reports to the gate later, on any thread. */
interface Effects extends Upstream.Factory {
    /** Starts the app; ends in {@link AppGate#answered} or {@link AppGate#wakeFailed}. */
    void wake(AppGate gate, long attempt);

    /** Freezes the app; ends in {@link AppGate#freezeEnded}. */
    void freeze(AppGate gate);

    /** Stops the app; ends in {@link AppGate#stopped}. */
    void sleep(AppGate gate);

    /**
     * Stops the app and keeps the reason; ends in {@link AppGate#stopped}.
     *
     * @param app the revision that failed
     */
    void fail(AppGate gate, App app, String reason);
}
