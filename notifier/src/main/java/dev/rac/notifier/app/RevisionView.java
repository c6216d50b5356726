package dev.rac.notifier.app;

import dev.rac.notifier.deploy.Revision;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A revision as the API shows it. What is empty is {@code null} there.
 *
 * @param digest of the image that ran
 * @param pushedDigest what was pushed: the image, or an index that has it
 * @param state what came of its last push or rollback, as {@link AppView.LastPush} has it
 * @param reason why, unless it was deployed
 * @param deployedAt the last time; empty: it was started, but never answered
 * @param failure how it ended, if it did not answer
 */
record RevisionView(
        String digest,
        String pushedDigest,
        String tag,
        boolean current,
        String state,
        Optional<String> reason,
        Optional<String> pushedBy,
        Instant pushedAt,
        Optional<Instant> deployedAt,
        Optional<AppView.FailureView> failure) {

    static RevisionView of(Revision revision) {
        return new RevisionView(
                revision.digest(),
                revision.push().digest(),
                revision.push().tag(),
                revision.current(),
                revision.state().name().toLowerCase(Locale.ROOT),
                revision.reason(),
                revision.push().pushedBy(),
                revision.push().pushedAt(),
                revision.deployedAt(),
                revision.failure().map(AppView.FailureView::of));
    }
}
