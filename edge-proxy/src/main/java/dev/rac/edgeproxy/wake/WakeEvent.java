package dev.rac.edgeproxy.wake;

import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import java.util.List;

/** What happens to an app. Times are {@link System#nanoTime()}'s. */
sealed interface WakeEvent {

    /** A request came that could not pass. */
    record Requested(long nowNanos) implements WakeEvent {}

    /** A request that had passed could not connect, and comes again. */
    record Unreachable(Endpoint endpoint, long nowNanos) implements WakeEvent {}

    /** The watch told what the target has. */
    record Observed(AppStatus status, long nowNanos) implements WakeEvent {}

    /** The watch told that the app is gone. */
    record Vanished() implements WakeEvent {}

    /** The target said the addresses of a start. */
    record Located(long attempt, List<Endpoint> endpoints) implements WakeEvent {}

    /** These endpoints of a start answered. */
    record Answered(long attempt, List<Endpoint> endpoints, long nowNanos) implements WakeEvent {}

    /**
     * A start came to nothing.
     *
     * @param reason one sentence, fit for strangers
     * @param record whether the target is to stop it and keep the reason; not where the target itself did not work
     */
    record WakeFailed(long attempt, String reason, boolean record, long nowNanos) implements WakeEvent {}

    /** Nobody has asked for it in a while; no request is in flight, and none can pass. */
    record Quiet() implements WakeEvent {}

    /**
     * The freezing ended.
     *
     * @param done whether the target did it
     * @param waiting whether requests came meanwhile
     */
    record FreezeEnded(boolean done, boolean waiting) implements WakeEvent {}

    /** Its idle time is over; no request is in flight, and none can pass. */
    record Idle() implements WakeEvent {}

    /**
     * The stop ended.
     *
     * @param done whether the target did it
     * @param waiting whether requests came meanwhile
     */
    record Stopped(boolean done, boolean waiting) implements WakeEvent {}
}
