package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of a push or rollback, as far as it has come.
 *
 * @param app which app it was for, once it was deployed or tried
 * @param imageDigest of the image for the target's platform, then: the push's own, or that of an entry
 * @param reason one sentence for the pusher; there unless it was deployed
 * @param failure how it ended, if it was started and did not answer
 * @param at when it came to this
 */
public record Outcome(
        Push push,
        Optional<AppName> app,
        Optional<String> imageDigest,
        State state,
        Optional<String> reason,
        Optional<Failure> failure,
        Instant at) {

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
        return undeployed(push, State.DEPLOYING, Optional.empty(), at);
    }

    static Outcome retrying(Push push, String reason, Instant at) {
        return undeployed(push, State.RETRYING, Optional.of(reason), at);
    }

    static Outcome deployed(Push push, AppName app, String imageDigest, Instant at) {
        return new Outcome(
                push,
                Optional.of(app),
                Optional.of(imageDigest),
                State.DEPLOYED,
                Optional.empty(),
                Optional.empty(),
                at);
    }

    static Outcome unhealthy(Push push, AppName app, String imageDigest, Failure failure, Instant at) {
        return new Outcome(
                push,
                Optional.of(app),
                Optional.of(imageDigest),
                State.FAILED,
                Optional.of(failure.reason()),
                Optional.of(failure),
                at);
    }

    static Outcome ignored(Push push, String reason, Instant at) {
        return undeployed(push, State.IGNORED, Optional.of(reason), at);
    }

    static Outcome failed(Push push, String reason, Instant at) {
        return undeployed(push, State.FAILED, Optional.of(reason), at);
    }

    private static Outcome undeployed(Push push, State state, Optional<String> reason, Instant at) {
        return new Outcome(push, Optional.empty(), Optional.empty(), state, reason, Optional.empty(), at);
    }

    /** Of the image, as far as it is known, else of what was pushed. */
    String digest() {
        return imageDigest.orElse(push.digest());
    }

    boolean isDeployed() {
        return state == State.DEPLOYED;
    }
}
