package dev.rac.edgeproxy.wake;

import java.time.Duration;

/** What becomes of the request that an event was about. */
sealed interface Verdict {

    /** The event was not about a request. */
    record NoRequest() implements Verdict {}

    /** It passes. */
    record Pass() implements Verdict {}

    /** It waits. */
    record Hold() implements Verdict {}

    /** The app failed a moment ago. */
    record RefuseFailed(String reason, Duration retryAfter) implements Verdict {}

    /** There is no such app any more. */
    record RefuseRemoved() implements Verdict {}
}
