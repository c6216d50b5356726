package dev.rac.edgeproxy.wake;

/** What the state machine wants done. */
sealed interface WakeAction {

    /** Start the app and find out when it answers. */
    record Wake(long attempt) implements WakeAction {}

    /** Pause the app. */
    record Freeze() implements WakeAction {}

    /** Stop the app. */
    record Sleep() implements WakeAction {}

    /** Stop the app and keep why it failed. */
    record Fail(String reason) implements WakeAction {}

    /** Refuse every waiting request. */
    record RefuseWaiting(String reason) implements WakeAction {}
}
