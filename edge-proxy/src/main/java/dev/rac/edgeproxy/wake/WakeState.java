package dev.rac.edgeproxy.wake;

import dev.rac.targets.App;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import java.util.List;
import java.util.Optional;

/** What an app does, as its front door sees it. Times are {@link System#nanoTime()}'s. */
sealed interface WakeState {

    /** Nothing runs. */
    record Asleep() implements WakeState {}

    /** It runs, but this front door has not seen it answer: it was awake before, or another one woke it. */
    record Found(List<Endpoint> endpoints) implements WakeState {}

    /** A start is under way. */
    sealed interface Waking extends WakeState {
        /** Tells this start from earlier ones, whose results come too late. */
        long attempt();

        /** What is being started. */
        App app();

        /** The failure known when the start began, which says nothing about it. */
        Optional<Failure> before();
    }

    /** The target has been asked, and has not said an address yet. */
    record Starting(long attempt, App app, Optional<Failure> before) implements Waking {}

    /**
     * The address is known, and is asked whether it answers.
     *
     * @param seen whether the watch has told these endpoints; what it tells before may be from an earlier time
     */
    record Probing(long attempt, App app, Optional<Failure> before, List<Endpoint> endpoints, boolean seen)
            implements Waking {}

    /**
     * It answers; requests pass.
     *
     * @param seen whether the watch has told these endpoints; what it tells before may be from an earlier time
     */
    record Awake(List<Endpoint> endpoints, boolean seen, long sinceNanos) implements WakeState {}

    /** It is being frozen. */
    record Freezing(List<Endpoint> endpoints) implements WakeState {}

    /** Its processes are paused: a start has them go on at once. */
    record Frozen() implements WakeState {}

    /**
     * It is being stopped.
     *
     * @param failed why, if not for want of requests; it is what it comes back to
     */
    record Draining(List<Endpoint> endpoints, Optional<Failed> failed) implements WakeState {}

    /**
     * The last start or run ended badly.
     *
     * @param untilNanos before that time it is not started again
     * @param running what runs of it nevertheless, for somebody else started it
     * @param left what is still to be done about it when nobody asks for it
     */
    record Failed(String reason, long untilNanos, List<Endpoint> running, Left left) implements WakeState {
        enum Left {
            NOTHING,
            /** The platform may start it anew: stop it, and keep the reason. */
            TO_RECORD,
            /** The platform did not do what it was asked to, and may yet: stop it. The app is not to blame. */
            TO_STOP
        }

        Failed with(List<Endpoint> found) {
            return new Failed(reason, untilNanos, found, left);
        }

        Failed asSettled() {
            return new Failed(reason, untilNanos, List.of(), Left.NOTHING);
        }

        boolean mayRun() {
            return !running.isEmpty() || left != Left.NOTHING;
        }
    }

    /** There is no such app any more. */
    record Removed() implements WakeState {}
}
