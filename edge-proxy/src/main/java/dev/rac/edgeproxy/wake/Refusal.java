package dev.rac.edgeproxy.wake;

import java.time.Duration;

/** Why a request does not reach its app. */
public sealed interface Refusal {

    /** As many requests wait as may, for this app or for all together. */
    record TooManyWaiting() implements Refusal {}

    /** Its client has had as many apps started as it may. */
    record TooManyStarts(Duration retryAfter) implements Refusal {}

    /** It waited for as long as a request may. */
    record DeadlinePassed(Duration waited) implements Refusal {}

    /**
     * The app does not start, or ended.
     *
     * @param reason one sentence, fit for strangers
     * @param retryAfter when it is tried again at the earliest
     */
    record AppFailed(String reason, Duration retryAfter) implements Refusal {}

    /** There is no such app any more. */
    record AppRemoved() implements Refusal {}

    /** The front door is about to end. */
    record Closing() implements Refusal {}
}
