package dev.rac.notifier.reconcile;

import static dev.rac.notifier.reconcile.World.digest;
import static dev.rac.notifier.reconcile.World.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.notifier.deploy.Recorded;
import dev.rac.notifier.deploy.Removal;
import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final World world = new World();

    @Test
    void whereAllAgreeNothingIsToBeDone() {
        world.registry("latest", "a").deployed("latest", "a", 1).app("latest", "a", 1);
        world.registry("v1", "b").deployed("v1", "b", 2).app("v1", "b", 2);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void aTagOfWhichNothingIsKnownWasMissed() {
        world.registry("latest", "a");

        Push push = onlyMissed(world.mends(10));

        assertThat(push.toString()).isEqualTo("hello:latest@" + digest("a"));
        assertThat(push.pushedBy()).isEmpty();
        assertThat(push.pushedAt()).isEqualTo(second(10));
    }

    @Test
    void aTagThatNamesAnotherImageThanWasLastPushedWasMissed() {
        world.registry("latest", "b").deployed("latest", "a", 1).app("latest", "a", 1);

        assertThat(onlyMissed(world.mends(10)).digest()).isEqualTo(digest("b"));
    }

    @Test
    void anImageThatComesBackAfterAnotherIsMissedAgain() {
        world.registry("latest", "a").deployed("latest", "b", 5).app("latest", "b", 5);

        assertThat(onlyMissed(world.mends(10)).digest()).isEqualTo(digest("a"));
    }

    @Test
    void theSameFindingHasTheSameIdAndAnotherAnotherOne() {
        world.registry("latest", "a");
        String first = onlyMissed(world.mends(10)).eventId();

        assertThat(onlyMissed(world.mends(99)).eventId()).isEqualTo(first);
        world.deployed("latest", "b", 100).app("latest", "b", 100);
        assertThat(onlyMissed(world.mends(110)).eventId()).isNotEqualTo(first);
    }

    @Test
    void whatWasIgnoredOrFailedIsNotTriedAgain() {
        world.registry("latest", "a").push("latest", "a", 1);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void aFailedPushLeavesTheRevisionBefore() {
        world.registry("latest", "b").deployed("latest", "a", 1).app("latest", "a", 1);
        world.push("latest", "b", 2);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void whatIsUnderWayIsLeftToItself() {
        world.registry("latest", "b").deployed("latest", "a", 1).pending("latest");

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void aPushThatCameAfterTheLookIsNewerThanWhatWasSeen() {
        world.registry("latest", "a").deployed("latest", "b", 11).app("latest", "b", 11);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void anAppThatRunsWhatTheTagNamesIsAdopted() {
        world.registry("latest", "a").app("latest", "a", 1);

        assertThat(world.mends(10)).singleElement().isInstanceOfSatisfying(Mend.Adopt.class, adopt -> {
            assertThat(adopt.app()).isEqualTo(world.apps.getFirst());
            assertThat(adopt.push().digest()).isEqualTo(digest("a"));
            assertThat(adopt.push().pushedBy()).contains("alice");
            assertThat(adopt.push().pushedAt()).isEqualTo(second(1));
        });
    }

    @Test
    void anAppThatRunsAnEntryOfTheTagsIndexIsAdopted() {
        world.registry.put("latest", new Tagged("latest", digest("a"), Set.of(digest("a"), digest("b"), digest("c"))));
        world.app("latest", "b", 1);

        assertThat(world.mends(10))
                .singleElement()
                .isInstanceOfSatisfying(
                        Mend.Adopt.class,
                        adopt -> assertThat(adopt.push().digest()).isEqualTo(digest("a")));
    }

    @Test
    void anAppWithoutRecordsThatRunsSomethingElseIsUpdated() {
        world.registry("latest", "b").app("latest", "a", 1);

        assertThat(onlyMissed(world.mends(10)).pushedAt()).isEqualTo(second(10));
    }

    @Test
    void aRollbackIsNotUndone() {
        world.registry("latest", "b").deployed("latest", "b", 5).app("latest", "a", 7);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void anAppThatIsGoneIsDeployedAgainAsTheSamePush() {
        world.registry("latest", "a").deployed("latest", "a", 1);

        Push push = onlyGone(world.mends(10));

        assertThat(push.digest()).isEqualTo(digest("a"));
        assertThat(push.pushedBy()).contains("alice");
        assertThat(push.pushedAt()).isEqualTo(second(1));
    }

    @Test
    void aRollbackThatIsGoneComesBackAsARollback() {
        world.registry("latest", "b").deployed("latest", "b", 1);
        var rollback = new Push(Push.ROLLBACK + "1", "hello", "latest", digest("a"), Optional.of("bob"), second(5));
        world.deployed.put(World.name("latest"), new Recorded(rollback, Optional.of(World.name("latest")), second(6)));

        Push push = onlyGone(world.mends(10));

        assertThat(push.digest()).isEqualTo(digest("a"));
        assertThat(push.pushedAt()).isEqualTo(second(5));
        assertThat(push.eventId()).startsWith(Push.ROLLBACK).isNotEqualTo(rollback.eventId());
    }

    @Test
    void ofAnAppThatIsGoneTheLastDeployedRevisionComesBack() {
        world.registry("latest", "b").deployed("latest", "a", 1).push("latest", "b", 2);

        assertThat(onlyGone(world.mends(10)).digest()).isEqualTo(digest("a"));
    }

    @Test
    void anAppThatIsGoneAndWasPushedUnheardComesBackWithThatPush() {
        world.registry("latest", "b").deployed("latest", "a", 1);

        assertThat(onlyMissed(world.mends(10)).digest()).isEqualTo(digest("b"));
    }

    @Test
    void anAppWhoseTagIsGoneTooStaysGone() {
        world.registry("v1", "b").push("v1", "b", 1).deployed("latest", "a", 1);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void aRemovedAppStaysRemoved() {
        world.registry("latest", "a").removal("latest", Optional.of("a"), 5);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void anAppWhoseRemovalWasBrokenOffIsNotBroughtBack() {
        world.registry("latest", "a").deployed("latest", "a", 1).removal("latest", Optional.of("a"), 5);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void whatIsPushedUnheardAfterARemovalIsDeployed() {
        world.registry("latest", "b").removal("latest", Optional.of("a"), 5);

        assertThat(onlyMissed(world.mends(10)).digest()).isEqualTo(digest("b"));
    }

    @Test
    void aRemovalAfterTheLookCounts() {
        world.registry("latest", "a").removal("latest", Optional.of("b"), 11);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void aPushAfterARemovalMakesItForgotten() {
        world.registry("latest", "a").removal("latest", Optional.of("a"), 5).deployed("latest", "a", 6);

        assertThat(onlyGone(world.mends(10)).digest()).isEqualTo(digest("a"));
    }

    @Test
    void tagsOfWhichNothingWasKnownAtTheRemovalStayRemovedAsTheyAre() {
        world.registry("latest", "a").registry("v1", "b").registry("v2", "c");
        world.removal("latest", Optional.of("a"), 5).removal(Removal.ANY_TAG, Optional.empty(), 5);
        world.removal("v2", Optional.empty(), 5);

        assertThat(world.mends(10))
                .containsExactly(new Mend.Complete("hello", Map.of("v1", digest("b"), "v2", digest("c"))));
    }

    @Test
    void whatARemovalKnewIsOldAfterAPush() {
        world.registry("latest", "a").removal("latest", Optional.of("a"), 5).push("latest", "b", 6);

        assertThat(onlyMissed(world.mends(10)).digest()).isEqualTo(digest("a"));
    }

    @Test
    void whatWasDeployedSinceTheLookIsNotGone() {
        world.registry("latest", "a").deployed("latest", "a", 11).push("latest", "a", 1);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void theAppOfAnotherRepositoryIsNotAdopted() {
        world.registry("latest", "a").app("latest", "a", 1);
        Look other = new Look("other", Set.of("latest"), List.copyOf(world.registry.values()), second(10));

        assertThat(Comparison.of(other, world.known(), world.apps))
                .singleElement()
                .isInstanceOf(Mend.Missed.class);
    }

    @Test
    void anAdoptedAppCountsAsTheLastPushOfItsTag() {
        world.registry("latest", "a").app("latest", "a", 1).push("latest", "b", 5);

        assertThat(world.mends(10))
                .singleElement()
                .isInstanceOfSatisfying(
                        Mend.Adopt.class,
                        adopt -> assertThat(adopt.push().pushedAt()).isEqualTo(second(5)));
    }

    @Test
    void theTagsOfARemovedRepositoryAreNotTakenFromALookBefore() {
        world.registry("v1", "b").removal(Removal.ANY_TAG, Optional.empty(), 11);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void ofADeletedTagWhateverIsPushedIsNew() {
        world.registry("v1", "b").removal("v1", Optional.of(""), 5);

        assertThat(onlyMissed(world.mends(10)).tag()).isEqualTo("v1");
    }

    @Test
    void anAppThatIsJustBeingRemovedIsNeitherAdoptedNorUpdated() {
        world.registry("latest", "b").removal("latest", Optional.of("a"), 5).app("latest", "b", 1);

        assertThat(world.mends(10)).isEmpty();
    }

    @Test
    void ofSeveralMissedTagsTheNewestComesFirstAndWins() {
        world.registry("v1.9.0", "a")
                .registry("v1.10.0", "b")
                .registry("latest", "c")
                .registry("main", "d");

        List<Push> missed = missed(world.mends(10));

        assertThat(missed).extracting(Push::tag).containsExactly("latest", "v1.10.0", "v1.9.0", "main");
        assertThat(missed)
                .extracting(Push::pushedAt)
                .containsExactly(
                        second(10),
                        second(10).minusMillis(1),
                        second(10).minusMillis(2),
                        second(10).minusMillis(3));
    }

    @Test
    void aMissedTagThatIsOlderThanTheOneThatRunsDoesNotTakeItsPlace() {
        world.registry("v1.0.0", "a").registry("v2.0.0", "b").registry("v3.0.0", "c");
        world.apps.add(World.app(new AppName("hello"), "v2.0.0", digest("b"), second(5)));
        world.push("v2.0.0", "b", 5);

        List<Push> missed = missed(world.mends(10));

        assertThat(missed).extracting(Push::tag).containsExactly("v3.0.0", "v1.0.0");
        assertThat(missed)
                .extracting(Push::pushedAt)
                .containsExactly(second(10), second(5).minusMillis(1));
    }

    @Test
    void norOfOneThatIsGoneAndComesBack() {
        world.registry("v1.0.0", "a").registry("v2.0.0", "b").deployed("v2.0.0", "b", 5);
        world.deployed.put(new AppName("hello"), world.ofApp("hello", "v2.0.0"));
        world.deployed.remove(World.name("v2.0.0"));

        assertThat(world.mends(10))
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(
                        Mend.Missed.class,
                        missed -> assertThat(missed.push().pushedAt())
                                .isEqualTo(second(5).minusMillis(1)));
    }

    @Test
    void aPreviewOfANewerTagDoesNotHoldBackAMissedOne() {
        world.registry("v1.0.0", "a").registry("v2.0.0", "b").registry("main", "c");
        world.apps.add(World.app(new AppName("hello"), "main", digest("c"), second(5)));
        world.push("main", "c", 5).deployed("v2.0.0", "b", 8).app("v2.0.0", "b", 8);

        assertThat(onlyMissed(world.mends(10)).pushedAt()).isEqualTo(second(10));
    }

    @Test
    void aMissedPushNeverCountsAsNewerThanTheLook() {
        world.registry("v1.0.0", "a");
        world.apps.add(World.app(new AppName("hello"), "v2.0.0", digest("b"), second(20)));

        assertThat(onlyMissed(world.mends(10)).pushedAt()).isEqualTo(second(10));
    }

    @Test
    void aMissedPushOfAPreviewTakesThePlaceOfTheOneBefore() {
        world.registry("latest", "a").deployed("latest", "a", 5).app("latest", "a", 5);
        world.registry("v1", "c").deployed("v1", "b", 7).app("v1", "b", 7);

        assertThat(onlyMissed(world.mends(10)).pushedAt()).isEqualTo(second(10));
    }

    @Test
    void aMissedPushNeverCountsAsOlderThanWhatIsRecordedOfItsTag() {
        world.registry("latest", "a").deployed("latest", "a", 5).app("latest", "a", 5);
        world.registry("v1", "c").push("v1", "b", 7);

        assertThat(onlyMissed(world.mends(10)).pushedAt()).isEqualTo(second(7));
    }

    private static Push onlyMissed(List<Mend> mends) {
        assertThat(mends).singleElement().isInstanceOf(Mend.Missed.class);
        return missed(mends).getFirst();
    }

    private static List<Push> missed(List<Mend> mends) {
        return mends.stream().map(mend -> ((Mend.Missed) mend).push()).toList();
    }

    private static Push onlyGone(List<Mend> mends) {
        assertThat(mends).singleElement().isInstanceOf(Mend.Gone.class);
        return ((Mend.Gone) mends.getFirst()).push();
    }
}
