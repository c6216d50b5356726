package dev.rac.notifier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.notifier.event.Inbox;
import dev.rac.notifier.event.Push;
import dev.rac.service.database.Database;
import dev.rac.service.database.DatabaseSettings;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the notifier's tables do on any database. */
abstract class StoresContract {
    private static final String IMAGE = "sha256:" + "12".repeat(32);
    private static final AppName HELLO = new AppName("hello");

    private Database database;

    /** An empty database, the same one until the test is over. */
    abstract DatabaseSettings settings();

    @BeforeEach
    void open() {
        database = Database.open(settings(), "notifier");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPushIsFreshUntilItIsDoneAlsoAfterTheDatabaseWasClosed() {
        Push push = Apps.push("hello", "latest", 1);
        assertThat(new Inbox(database.jdbi()).store(push, Apps.NOON)).isTrue();
        close();
        open();
        var inbox = new Inbox(database.jdbi());

        assertThat(inbox.fresh()).containsExactly(push);
        inbox.done(push.eventId());
        assertThat(inbox.fresh()).isEmpty();
    }

    @Test
    void anEventIsStoredOnceAlsoWhenItIsDone() {
        var inbox = new Inbox(database.jdbi());
        Push push = Apps.push("hello", "latest", 1);
        inbox.store(push, Apps.NOON);
        inbox.done(push.eventId());

        assertThat(inbox.store(push, Apps.NOON)).isFalse();
        assertThat(inbox.fresh()).isEmpty();
    }

    @Test
    void freshPushesComeInTheOrderOfTheirTimes() {
        var inbox = new Inbox(database.jdbi());
        Push late = Apps.push("a", "latest", 9);
        Push early = Apps.push("b", "latest", 1);
        Push sameTime = Apps.push("c", "latest", 9);
        inbox.store(late, Apps.NOON);
        inbox.store(early, Apps.NOON);
        inbox.store(sameTime, Apps.NOON);

        assertThat(inbox.fresh()).containsExactly(early, late, sameTime);
    }

    @Test
    void onlyWhatIsDoneAndOldIsForgotten() {
        var inbox = new Inbox(database.jdbi());
        Push done = Apps.push("a", "latest", 1);
        Push fresh = Apps.push("b", "latest", 1);
        inbox.store(done, Apps.NOON);
        inbox.store(fresh, Apps.NOON);
        inbox.done(done.eventId());

        inbox.forget(Apps.NOON);
        assertThat(inbox.store(done, Apps.NOON)).isFalse();
        inbox.forget(Apps.NOON.plusSeconds(1));
        assertThat(inbox.store(done, Apps.NOON)).isTrue();
        assertThat(inbox.fresh()).containsExactlyInAnyOrder(done, fresh);
    }

    @Test
    void anOutcomeTakesThePlaceOfAnEarlierOneOfItsPush() {
        var outcomes = new Outcomes(database.jdbi());
        Push push = Apps.push("hello", "latest", 1);
        outcomes.record(Outcome.retrying(push, "the registry\0 does not answer", Apps.NOON));
        assertThat(outcomes.last("hello").flatMap(Outcome::reason)).contains("the registry does not answer");

        var deployed = Outcome.deployed(push, HELLO, IMAGE, Apps.NOON.plusSeconds(2));
        outcomes.record(deployed);

        assertThat(outcomes.last("hello")).contains(deployed);
        assertThat(outcomes.last("hello", "v1")).isEmpty();
        assertThat(outcomes.last("other")).isEmpty();
    }

    @Test
    void theLastOutcomeIsThatOfTheLastPush() {
        var outcomes = new Outcomes(database.jdbi());
        var newer = Outcome.ignored(Apps.push("hello", "v1", 2), "x".repeat(9000), Apps.NOON);
        var older = Outcome.failed(Apps.push("hello", "latest", 1), "no", Apps.NOON.plusSeconds(9));
        outcomes.record(newer);
        outcomes.record(older);

        assertThat(outcomes.last("hello").map(Outcome::push)).contains(newer.push());
        assertThat(outcomes.last("hello").flatMap(Outcome::reason).orElseThrow())
                .hasSize(2000);
        assertThat(outcomes.last("hello", "latest")).contains(older);
    }

    @Test
    void oldOutcomesAreForgottenButForTheLastOfEachTag() {
        var outcomes = new Outcomes(database.jdbi());
        outcomes.record(Outcome.failed(Apps.push("hello", "latest", 1), "1", Apps.NOON));
        outcomes.record(Outcome.failed(Apps.push("hello", "latest", 2), "2", Apps.NOON));
        outcomes.record(Outcome.failed(Apps.push("hello", "v1", 1), "3", Apps.NOON));

        outcomes.forget(Apps.NOON.plusSeconds(60));

        assertThat(outcomes.last("hello", "latest").flatMap(Outcome::reason)).contains("2");
        assertThat(outcomes.last("hello", "v1").flatMap(Outcome::reason)).contains("3");
        int left = database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from notifier_outcome")
                        .mapTo(Integer.class)
                        .one());
        assertThat(left).isEqualTo(2);
    }

    @Test
    void aRollbackIsNoPush() {
        var outcomes = new Outcomes(database.jdbi());
        var pushed = Outcome.deployed(Apps.push("hello", "latest", 1), HELLO, IMAGE, Apps.NOON);
        outcomes.record(pushed);
        outcomes.record(Outcome.failed(Apps.rollback("hello", "latest", IMAGE, 2), "no", Apps.NOON));

        assertThat(outcomes.last("hello")).contains(pushed);
        assertThat(outcomes.last("hello", "latest")).contains(pushed);
    }

    @Test
    void theHistoryOfAnAppIsItsDeploymentsAndRollbacksTheLatestFirst() {
        var outcomes = new Outcomes(database.jdbi());
        var first = Outcome.deployed(Apps.push("hello", "latest", 1), HELLO, IMAGE, Apps.NOON);
        var second = Outcome.deployed(Apps.push("hello", "latest", 2), HELLO, IMAGE, Apps.NOON);
        var rollback = Outcome.deploying(Apps.rollback("hello", "latest", IMAGE, 3), Apps.NOON);
        outcomes.record(second);
        outcomes.record(first);
        outcomes.record(rollback);
        outcomes.record(Outcome.failed(Apps.push("hello", "latest", 4), "no", Apps.NOON));
        outcomes.record(Outcome.deploying(Apps.rollback("hello", "v1", IMAGE, 5), Apps.NOON));
        outcomes.record(Outcome.deployed(Apps.push("hello", "v1", 6), new AppName("v1--hello"), IMAGE, Apps.NOON));
        App app = Apps.app("hello", "hello", "latest", 2);

        assertThat(outcomes.history(app, 9)).containsExactly(rollback, second, first);
        assertThat(outcomes.history(app, 2)).containsExactly(rollback, second);
        assertThat(outcomes.history(Apps.app("hello", "other", "latest", 2), 9)).isEmpty();
    }

    @Test
    void tellsWhenEachAppWasLastDeployed() {
        var outcomes = new Outcomes(database.jdbi());
        var preview = new AppName("v1--hello");
        outcomes.record(Outcome.deployed(Apps.push("hello", "latest", 1), HELLO, IMAGE, Apps.NOON));
        outcomes.record(Outcome.deployed(Apps.rollback("hello", "latest", IMAGE, 3), HELLO, IMAGE, Apps.NOON));
        outcomes.record(Outcome.deployed(Apps.push("hello", "v1", 2), preview, IMAGE, Apps.NOON));
        outcomes.record(Outcome.failed(Apps.push("hello", "latest", 4), "no", Apps.NOON));

        assertThat(outcomes.lastDeployed("hello"))
                .isEqualTo(Map.of(HELLO, Apps.NOON.plusSeconds(3), preview, Apps.NOON.plusSeconds(2)));
        assertThat(outcomes.lastDeployed("other")).isEmpty();
    }

    @Test
    void theLastImagesOfAnAppAreRememberedHoweverOldTheyAre() {
        var outcomes = new Outcomes(database.jdbi());
        int images = Outcomes.KEPT_REVISIONS + 2;
        for (int i = 0; i < images; i++) {
            String image = "sha256:%064d".formatted(i);
            outcomes.record(Outcome.deployed(Apps.push("hello", "latest", 10L * i), HELLO, image, Apps.NOON));
            outcomes.record(Outcome.deployed(Apps.push("hello", "latest", 10L * i + 1), HELLO, image, Apps.NOON));
        }
        String old = "sha256:%064d".formatted(1);
        outcomes.record(Outcome.deployed(Apps.rollback("hello", "latest", old, 1000), HELLO, old, Apps.NOON));

        outcomes.forget(Apps.NOON.plusSeconds(60));

        assertThat(outcomes.history(Apps.app("hello", "hello", "latest", 1000), 99))
                .extracting(outcome -> outcome.push().pushedAt())
                .hasSize(2 * Outcomes.KEPT_REVISIONS + 1)
                .contains(Apps.NOON.plusSeconds(1000), Apps.NOON.plusSeconds(30), Apps.NOON.plusSeconds(10))
                .doesNotContain(Apps.NOON.plusSeconds(21), Apps.NOON.plusSeconds(1));
        assertThat(outcomes.last("hello")).isPresent();
    }

    @Test
    void aRemovedRepositorysOutcomesAreForgotten() {
        var outcomes = new Outcomes(database.jdbi());
        outcomes.record(Outcome.failed(Apps.push("hello", "latest", 1), "1", Apps.NOON));
        outcomes.record(Outcome.failed(Apps.push("hello", "v1", 2), "2", Apps.NOON));

        outcomes.forget("hello", Optional.of("v1"));
        assertThat(outcomes.last("hello").flatMap(Outcome::reason)).contains("1");
        outcomes.forget("hello", Optional.empty());
        assertThat(outcomes.last("hello")).isEmpty();
    }

    @Test
    void aReservationIsItsFirstRepositorysUntilItIsRemoved() {
        var reservations = new Reservations(database.jdbi());
        var name = new AppName("a-b");
        reservations.add(name, "a/b");
        reservations.add(name, "a-b");

        assertThat(reservations.of("a/b")).containsExactly(name);
        assertThat(reservations.of("a-b")).isEmpty();
        reservations.remove(name);
        assertThat(reservations.all()).isEmpty();
    }

    @Test
    void whatIsFreshOfOneRepositoryIsKnown() {
        var inbox = new Inbox(database.jdbi());
        Push push = Apps.push("hello", "latest", 1);
        Push done = Apps.push("hello", "v1", 2);
        inbox.store(push, Apps.NOON);
        inbox.store(done, Apps.NOON);
        inbox.store(Apps.push("other", "v2", 1), Apps.NOON);
        inbox.done(done.eventId());

        assertThat(inbox.fresh("hello")).containsExactly(push);
        assertThat(history().of("hello").pending()).containsExactly("latest");
    }

    @Test
    void ofEachTagTheLastPushIsKnownAndOfEachAppWhatWasDeployedLast() {
        var outcomes = new Outcomes(database.jdbi());
        Push deployed = Apps.push("hello", "latest", 1);
        Push failed = Apps.push("hello", "latest", 2);
        Push preview = Apps.push("hello", "v1", 3);
        outcomes.record(Outcome.failed(failed, "no", Apps.NOON));
        outcomes.record(Outcome.deployed(deployed, new AppName("hello"), IMAGE, Apps.NOON));
        outcomes.record(Outcome.deployed(preview, new AppName("v1--hello"), IMAGE, Apps.NOON));

        Known known = history().of("hello");

        assertThat(known.pushes().values()).extracting(Recorded::push).containsExactlyInAnyOrder(failed, preview);
        assertThat(known.deployed()).extracting(Recorded::push).containsExactlyInAnyOrder(deployed, preview);
        assertThat(history().of("other").pushes()).isEmpty();
    }

    @Test
    void whatIsRolledBackToIsDeployedButNotPushed() {
        var outcomes = new Outcomes(database.jdbi());
        Push push = Apps.push("hello", "latest", 1);
        var rollback = new Push(
                Push.ROLLBACK + "1", "hello", "latest", Apps.DIGEST, Optional.empty(), Apps.NOON.plusSeconds(2));
        outcomes.record(Outcome.deployed(push, new AppName("hello"), IMAGE, Apps.NOON));
        outcomes.record(Outcome.deployed(rollback, new AppName("hello"), IMAGE, Apps.NOON));

        outcomes.forget(Apps.NOON.plusSeconds(60));

        assertThat(history().of("hello").push("latest").orElseThrow().push()).isEqualTo(push);
        assertThat(history().of("hello").deployed()).extracting(Recorded::push).containsExactly(rollback);
    }

    @Test
    void whatIsDeployedOnceMoreAsTheSamePushTakesThePlaceOfIt() {
        var outcomes = new Outcomes(database.jdbi());
        Push push = Apps.push("hello", "latest", 1);
        var again = new Push("again", "hello", "latest", push.digest(), push.pushedBy(), push.pushedAt());
        outcomes.record(Outcome.deployed(push, new AppName("hello"), IMAGE, Apps.NOON));
        outcomes.record(Outcome.deployed(again, new AppName("hello"), IMAGE, Apps.NOON.plusSeconds(1)));

        assertThat(history().of("hello").pushes().values())
                .extracting(Recorded::push)
                .containsExactly(again);
        assertThat(history().of("hello").deployed()).extracting(Recorded::push).containsExactly(again);
    }

    @Test
    void aRemovedAppIsNotDeployedAnyMore() {
        var outcomes = new Outcomes(database.jdbi());
        outcomes.record(Outcome.deployed(Apps.push("hello", "latest", 1), new AppName("hello"), IMAGE, Apps.NOON));
        outcomes.record(Outcome.deployed(Apps.push("hello", "v1", 1), new AppName("v1--hello"), IMAGE, Apps.NOON));

        outcomes.removed(new AppName("hello"), "hello");

        assertThat(history().of("hello").deployed())
                .extracting(recorded -> recorded.push().tag())
                .containsExactly("v1");
        assertThat(history().of("hello").pushes()).containsOnlyKeys("latest", "v1");
        assertThat(outcomes.last("hello", "latest").orElseThrow().state()).isEqualTo(Outcome.State.IGNORED);
    }

    @Test
    void aRemovalKnowsWhatWasPushedBeforeAndCountsUntilTheNextPush() {
        var outcomes = new Outcomes(database.jdbi());
        var removals = new Removals(database.jdbi());
        outcomes.record(Outcome.failed(Apps.push("hello", "latest", 1), "no", Apps.NOON));
        removals.add("hello", Optional.of("latest"), Apps.NOON.plusSeconds(5));
        removals.add("hello", Optional.of("v1"), Apps.NOON.plusSeconds(6));
        outcomes.forget("hello", Optional.of("latest"));

        Known known = history().of("hello");
        assertThat(known.removal("latest"))
                .contains(new Removal("latest", Optional.of(Apps.DIGEST), Apps.NOON.plusSeconds(5)));
        assertThat(known.removal("v1").flatMap(Removal::digest)).isEmpty();
        assertThat(known.removal("v2")).isEmpty();
        outcomes.record(Outcome.failed(Apps.push("hello", "latest", 9), "no", Apps.NOON.plusSeconds(9)));

        assertThat(history().of("hello").removal("latest")).isEmpty();
    }

    @Test
    void theRemovalOfARepositoryCountsForEveryTagUntilItIsKnownWhatThereWas() {
        var outcomes = new Outcomes(database.jdbi());
        var removals = new Removals(database.jdbi());
        outcomes.record(Outcome.failed(Apps.push("hello", "latest", 1), "no", Apps.NOON));
        removals.add("other", Optional.empty(), Apps.NOON);
        removals.add("hello", Optional.empty(), Apps.NOON.plusSeconds(5));
        assertThat(history().of("hello").digest("latest")).contains(Apps.DIGEST);
        assertThat(history().of("hello").removal("v1")).isPresent();

        removals.complete("hello", Map.of("v1", Apps.DIGEST), Apps.NOON.plusSeconds(7));

        Known known = history().of("hello");
        assertThat(known.digest("latest")).contains(Apps.DIGEST);
        assertThat(known.digest("v1")).contains(Apps.DIGEST);
        assertThat(known.removal("v2")).isEmpty();
        assertThat(history().of("other").removal("v2")).isPresent();
    }

    @Test
    void anAppMayBeRemovedAgainAndAgain() {
        var outcomes = new Outcomes(database.jdbi());
        var removals = new Removals(database.jdbi());
        for (int second = 1; second < 4; second++) {
            outcomes.record(Outcome.failed(Apps.push("hello", "latest", second), "no", Apps.NOON));
            removals.add("hello", Optional.empty(), Apps.NOON.plusSeconds(second));
        }

        assertThat(history().of("hello").removals().values())
                .extracting(Removal::at)
                .containsOnly(Apps.NOON.plusSeconds(3));
    }

    @Test
    void ofATagThatWasDeletedWhateverIsPushedNextIsNew() {
        var removals = new Removals(database.jdbi());
        removals.addDeleted("hello", "v1", Apps.NOON);
        removals.addDeleted("hello", "v1", Apps.NOON.plusSeconds(1));

        assertThat(history().of("hello").removal("v1"))
                .contains(new Removal("v1", Optional.of(""), Apps.NOON.plusSeconds(1)));
    }

    private History history() {
        return new History(database.jdbi(), new Inbox(database.jdbi()), new Removals(database.jdbi()));
    }
}
