package dev.rac.notifier.reconcile;

import dev.rac.notifier.event.Push;
import dev.rac.targets.App;
import java.util.Map;

/** One thing to do, so that registry, records and target agree. */
sealed interface Mend {
    /** The registry never told of this push: deploy it. */
    record Missed(Push push) implements Mend {}

    /** What was deployed is not on the target any more: deploy it again. */
    record Gone(Push push) implements Mend {}

    /** The app runs what was pushed, and nothing is recorded of it: record it, and leave the app as it is. */
    record Adopt(Push push, App app) implements Mend {}

    /** What the registry had when the apps were removed was not known: take it to be this. */
    record Complete(String repository, Map<String, String> digests) implements Mend {}

    /** The tag of this preview was deleted: remove the app. */
    record Orphan(App app) implements Mend {}
}
