package dev.rac.notifier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.notifier.event.Push;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevisionHistoryTest {
    private static final AppName HELLO = new AppName("hello");
    private static final String ONE = digest(1);
    private static final String TWO = digest(2);
    private static final String THREE = digest(3);

    private final List<Outcome> outcomes = new ArrayList<>();

    private static String digest(int number) {
        return "sha256:%064d".formatted(number);
    }

    private void deployed(Push push, String image) {
        outcomes.addFirst(Outcome.deployed(push, HELLO, image, push.pushedAt().plusSeconds(1)));
    }

    private void pushed(String digest, long second) {
        deployed(push(digest, second), digest);
    }

    private void rolledBack(String digest, long second) {
        deployed(Apps.rollback("hello", "latest", digest, second), digest);
    }

    private static Push push(String digest, long second) {
        Push push = Apps.push("hello", "latest", second);
        return new Push(push.eventId(), "hello", "latest", digest, push.pushedBy(), push.pushedAt());
    }

    private RevisionHistory history(String current, long second) {
        return RevisionHistory.of(outcomes, Apps.app("hello", "hello", "latest", current, second));
    }

    @Test
    void theLatestPushedComesFirstAndTheAppsOwnIsCurrent() {
        pushed(ONE, 1);
        pushed(TWO, 2);

        List<Revision> revisions = history(TWO, 2).revisions();

        assertThat(revisions).extracting(Revision::digest).containsExactly(TWO, ONE);
        assertThat(revisions).extracting(Revision::current).containsExactly(true, false);
        assertThat(revisions.getFirst().push()).isEqualTo(push(TWO, 2));
        assertThat(revisions.getFirst().deployedAt()).contains(Apps.NOON.plusSeconds(3));
        assertThat(revisions.getFirst().state()).isEqualTo(Outcome.State.DEPLOYED);
    }

    @Test
    void anImageThatIsPushedAgainIsOneRevisionThatMovesUp() {
        pushed(ONE, 1);
        pushed(TWO, 2);
        pushed(ONE, 3);

        List<Revision> revisions = history(ONE, 3).revisions();

        assertThat(revisions).extracting(Revision::digest).containsExactly(ONE, TWO);
        assertThat(revisions.getFirst().push().pushedAt()).isEqualTo(Apps.NOON.plusSeconds(3));
    }

    @Test
    void aRollbackMovesNoRevisionButSaysWhenItWasDeployed() {
        pushed(ONE, 1);
        pushed(TWO, 2);
        rolledBack(ONE, 5);

        List<Revision> revisions = history(ONE, 5).revisions();

        assertThat(revisions).extracting(Revision::digest).containsExactly(TWO, ONE);
        assertThat(revisions).extracting(Revision::current).containsExactly(false, true);
        assertThat(revisions.getLast().push()).isEqualTo(push(ONE, 1));
        assertThat(revisions.getLast().deployedAt()).contains(Apps.NOON.plusSeconds(6));
    }

    @Test
    void eachRollbackWithoutADigestGoesFurtherBack() {
        pushed(ONE, 1);
        pushed(TWO, 2);
        pushed(THREE, 3);
        assertThat(history(THREE, 3).beforeCurrent()).map(Revision::digest).contains(TWO);

        rolledBack(TWO, 5);
        assertThat(history(TWO, 5).beforeCurrent()).map(Revision::digest).contains(ONE);

        rolledBack(ONE, 6);
        assertThat(history(ONE, 6).beforeCurrent()).isEmpty();
    }

    @Test
    void whereTheCurrentRevisionIsNotKnownTheLastPushBeforeItCounts() {
        pushed(ONE, 1);
        pushed(TWO, 2);
        pushed(THREE, 9);

        assertThat(history(digest(4), 5).beforeCurrent()).map(Revision::digest).contains(TWO);
        assertThat(history(digest(4), 5).revisions()).noneMatch(Revision::current);
    }

    @Test
    void aRevisionIsFoundByItsImageAndByTheIndexThatWasPushed() {
        deployed(push(THREE, 1), ONE);

        RevisionHistory history = history(ONE, 1);

        assertThat(history.find(ONE)).isPresent().isEqualTo(history.find(THREE));
        assertThat(history.revisions()).extracting(Revision::current).containsExactly(true);
        assertThat(history.find(TWO)).isEmpty();
    }

    @Test
    void whatBecomesOfARollbackIsSeenAtItsRevision() {
        pushed(ONE, 1);
        pushed(TWO, 2);
        outcomes.addFirst(Outcome.failed(Apps.rollback("hello", "latest", ONE, 5), "no space left", Apps.NOON));

        Revision one = history(TWO, 2).revisions().getLast();

        assertThat(one.state()).isEqualTo(Outcome.State.FAILED);
        assertThat(one.reason()).contains("no space left");
        assertThat(one.deployedAt()).contains(Apps.NOON.plusSeconds(2));
    }

    @Test
    void aRollbackThatWasNeverDeployedMakesNoRevision() {
        outcomes.addFirst(Outcome.deploying(Apps.rollback("hello", "latest", ONE, 5), Apps.NOON));

        assertThat(history(TWO, 2).revisions()).isEmpty();
    }

    @Test
    void aRevisionWhosePushIsForgottenIsKnownByItsRollback() {
        rolledBack(ONE, 5);

        assertThat(history(ONE, 5).find(ONE))
                .map(Revision::push)
                .contains(outcomes.getFirst().push());
    }

    @Test
    void aRollbackIsMadeNowButAfterWhatIsDeployed() {
        pushed(ONE, 1);
        RevisionHistory history = history(TWO, 9);
        Revision one = history.find(ONE).orElseThrow();

        Push rollback = history.rollback(one, Optional.of("bob"), Apps.NOON.plusSeconds(20));
        Push clockBehind = history.rollback(one, Optional.empty(), Apps.NOON);

        assertThat(rollback.isRollback()).isTrue();
        assertThat(rollback.digest()).isEqualTo(ONE);
        assertThat(rollback.pushedBy()).contains("bob");
        assertThat(rollback.pushedAt()).isEqualTo(Apps.NOON.plusSeconds(20));
        App deployed = history.app();
        assertThat(clockBehind.pushedAt()).isAfter(deployed.pushedAt());
    }
}
