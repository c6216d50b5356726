package dev.rac.notifier.app;

import dev.rac.targets.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An app as the API shows it. What is empty is {@code null} there.
 *
 * @param name empty if nothing of the repository is deployed
 * @param state {@code asleep}, {@code waking}, {@code running}, {@code failed}; {@code not_deployed}
 * @param pushedBy empty for anonymous
 * @param lastPush what came of the last push, deployed or not
 * @param description {@code org.opencontainers.image.*}
 * @param previews the apps of the repository's other tags; none for a preview itself
 */
record AppView(
        Optional<String> name,
        String repository,
        Optional<String> tag,
        Optional<String> url,
        String state,
        Optional<String> digest,
        Optional<String> image,
        Optional<Integer> port,
        Optional<String> pushedBy,
        Optional<Instant> pushedAt,
        List<String> warnings,
        Optional<FailureView> failure,
        Optional<LastPush> lastPush,
        Map<String, String> description,
        List<AppView> previews) {

    /** Why an app does not run. */
    record FailureView(String reason, Optional<Integer> exitCode, Instant at, List<String> logLines) {
        static FailureView of(Failure failure) {
            return new FailureView(failure.reason(), failure.exitCode(), failure.at(), failure.logLines());
        }
    }

    /**
     * What came of a push.
     *
     * @param state {@code deploying}, {@code retrying}, {@code deployed}, {@code ignored}, {@code failed}
     * @param failure how it ended, if it was started and did not answer
     */
    record LastPush(
            String digest,
            String tag,
            String state,
            Optional<String> reason,
            Optional<FailureView> failure,
            Instant at) {}
}
