package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of a push, as far as it has come.
 *
 * @param app which app it was for, once known
 * @param reason one sentence for the pusher; there unless it was deployed
 * @param at when it came to this
 */
public record Outcome(Push push, Optional<AppName> app, State state, Optional<String> reason, Instant at) {

    /** How far a push has come; the last three are final. */
    public enum State {
        /** Work on it has begun. */
        DEPLOYING,
        /** Something that it needs does not answer; it is tried again. */
        RETRYING,
        DEPLOYED,
        /** It is not meant to be deployed. */
        IGNORED,
        /** It cannot be deployed. */
        FAILED
    }

    static Outcome deploying(Push push, Instant at) {
        return new Outcome(push, Optional.empty(), State.DEPLOYING, Optional.empty(), at);
    }

    static Outcome retrying(Push push, String reason, Instant at) {
        return new Outcome(push, Optional.empty(), State.RETRYING, Optional.of(reason), at);
    }

    static Outcome deployed(Push push, AppName app, Instant at) {
        return new Outcome(push, Optional.of(app), State.DEPLOYED, Optional.empty(), at);
    }

    static Outcome ignored(Push push, String reason, Instant at) {
        return new Outcome(push, Optional.empty(), State.IGNORED, Optional.of(reason), at);
    }

    static Outcome failed(Push push, String reason, Instant at) {
        return new Outcome(push, Optional.empty(), State.FAILED, Optional.of(reason), at);
    }
}
