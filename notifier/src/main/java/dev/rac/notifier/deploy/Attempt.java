package dev.rac.notifier.deploy;

import dev.rac.targets.AppName;
import dev.rac.targets.Failure;

/** How one attempt to deploy a push ended. */
sealed interface Attempt {

    /**
     * The app runs, or will when it is asked for.
     *
     * @param digest of the image for the target's platform
     */
    record Deployed(AppName app, String digest) implements Attempt {}

    /** It is not meant to be deployed. */
    record Ignored(String reason) implements Attempt {}

    /** No further attempt can do better. */
    record Failed(String reason) implements Attempt {}

    /**
     * The app was started and did not answer; what ran before runs on.
     *
     * @param digest of the image for the target's platform
     */
    record Unhealthy(AppName app, String digest, Failure failure) implements Attempt {}

    /** Something that it needs does not answer: try again, however long it takes. */
    record Unavailable(String reason) implements Attempt {}

    /** Everything answers, but something refuses: try again a few times. */
    record Refused(String reason) implements Attempt {}
}
