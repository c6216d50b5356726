package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.App;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An app's revisions; pure. A rollback moves none of them: the next rollback goes further back, not forth again.
 *
 * @param revisions the latest pushed first
 */
record RevisionHistory(App app, List<Revision> revisions) {
    private static final Comparator<Revision> LATEST_PUSHED_FIRST = Comparator.comparing(
                    (Revision revision) -> revision.push().pushedAt())
            .reversed()
            // Pages need an order that stays.
            .thenComparing(Revision::digest);

    RevisionHistory {
        revisions = List.copyOf(revisions);
    }

    /**
     * Reads the history.
     *
     * @param outcomes of the app's deployments, and of rollbacks that were not deployed; the latest first
     * @param app as the target has it
     */
    static RevisionHistory of(List<Outcome> outcomes, App app) {
        List<Revision> revisions = outcomes.stream().collect(Collectors.groupingBy(Outcome::digest)).values().stream()
                .filter(ofOneImage ->
                        ofOneImage.stream().anyMatch(outcome -> outcome.app().isPresent()))
                .map(ofOneImage -> revision(ofOneImage, app))
                .sorted(LATEST_PUSHED_FIRST)
                .toList();
        return new RevisionHistory(app, revisions);
    }

    private static Revision revision(List<Outcome> outcomes, App app) {
        Outcome last = outcomes.getFirst();
        Optional<Outcome> deployed =
                outcomes.stream().filter(Outcome::isDeployed).findFirst();
        Push push = outcomes.stream()
                .map(Outcome::push)
                .filter(Push::isPush)
                .findFirst()
                .orElse(deployed.orElse(last).push());
        boolean current = last.digest().equals(app.digest());
        return new Revision(
                last.digest(), push, deployed.map(Outcome::at), last.state(), last.reason(), last.failure(), current);
    }

    /** The revision with a digest. */
    Optional<Revision> find(String digest) {
        return revisions.stream().filter(revision -> revision.has(digest)).findFirst();
    }

    /** The revision that was pushed before the app's. */
    Optional<Revision> beforeCurrent() {
        Instant pushed =
                find(app.digest()).map(current -> current.push().pushedAt()).orElse(app.pushedAt());
        return revisions.stream()
                .filter(revision -> !revision.current() && revision.deployedAt().isPresent())
                .filter(revision -> revision.push().pushedAt().isBefore(pushed))
                .findFirst();
    }

    /** A rollback to a revision: later than what is deployed, also where the registry's clock runs ahead. */
    Push rollback(Revision to, Optional<String> user, Instant now) {
        Instant deployed = app.pushedAt().plus(Duration.ofMillis(1));
        return Push.rollback(
                app.repository(), to.push().tag(), to.digest(), user, now.isAfter(deployed) ? now : deployed);
    }
}
