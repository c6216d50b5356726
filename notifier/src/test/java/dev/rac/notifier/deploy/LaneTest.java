package dev.rac.notifier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Lane lane = new Lane();

    @Test
    void ofOneTagOnlyTheNewestWaits() throws Exception {
        Push first = Apps.push("hello", "latest", 1);
        Push second = Apps.push("hello", "latest", 2);

        assertThat(lane.add(Job.of(first))).isEmpty();
        assertThat(lane.add(Job.of(second))).contains(first);

        assertThat(lane.next().map(Job::push)).contains(second);
        assertThat(lane.next()).isEmpty();
    }

    @Test
    void aPushThatComesLateDoesNotReplaceANewerOne() throws Exception {
        Push first = Apps.push("hello", "latest", 1);
        Push second = Apps.push("hello", "latest", 2);
        lane.add(Job.of(second));

        assertThat(lane.add(Job.of(first))).contains(first);
        assertThat(lane.next().map(Job::push)).contains(second);
    }

    @Test
    void aPushThatIsToldTwiceIsNotSupersededByItself() throws Exception {
        Push push = Apps.push("hello", "latest", 1);
        lane.add(Job.of(push));

        assertThat(lane.add(Job.of(push))).isEmpty();
        assertThat(lane.next().map(Job::push)).contains(push);
        assertThat(lane.next()).isEmpty();
    }

    @Test
    void tellsWhichAppsAreArriving() throws Exception {
        lane.add(Job.of(Apps.push("a/b", "v1", 1)));
        lane.add(Job.of(Apps.push("a/b", "v2", 2)).again(0, Optional.empty(), Duration.ofHours(1)));

        for (int round = 0; round < 2; round++) {
            assertThat(lane.isArriving(new AppName("a-b"))).isTrue();
            assertThat(lane.isArriving(new AppName("v1--a-b"))).isTrue();
            assertThat(lane.isArriving(new AppName("v2--a-b"))).isTrue();
            assertThat(lane.isArriving(new AppName("v3--a-b"))).isFalse();
            assertThat(lane.isArriving(new AppName("b"))).isFalse();
            if (round == 0) {
                lane.next();
            }
        }
    }

    @Test
    void everyTagHasItsTurnAndOneThatPausesDoesNotHoldUpTheOthers() throws Exception {
        Push pausing = Apps.push("hello", "latest", 1);
        Push other = Apps.push("hello", "v1", 2);
        lane.add(Job.of(pausing).again(0, Optional.empty(), Duration.ofHours(1)));
        lane.add(Job.of(other));
        assertThat(lane.next().map(Job::push)).contains(other);

        lane.add(Job.of(pausing).again(0, Optional.empty(), Duration.ofMillis(50)));
        assertThat(lane.next().map(Job::push)).contains(pausing);
    }

    @Test
    void aNewPushEndsThePauseOfItsTag() throws Exception {
        Push pausing = Apps.push("hello", "latest", 1);
        Push fresh = Apps.push("hello", "latest", 2);
        lane.add(Job.of(pausing).again(0, Optional.empty(), Duration.ofHours(1)));
        var next = new CompletableFuture<Optional<Job>>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                next.complete(lane.next());
            } catch (InterruptedException e) {
                next.completeExceptionally(e);
            }
        });
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        assertThat(lane.add(Job.of(fresh))).contains(pausing);

        assertThat(next).succeedsWithin(Duration.ofSeconds(5));
        assertThat(next.join().map(Job::push)).contains(fresh);
    }

    @Test
    void whatIsCancelledDoesNotWaitAndWhatIsWorkedOnFindsOut() throws Exception {
        Push current = Apps.push("hello", "latest", 1);
        Push waiting = Apps.push("hello", "v1", 1);
        Push later = Apps.push("hello", "v2", 9);
        lane.add(Job.of(current));
        lane.next();
        lane.add(Job.of(waiting));
        lane.add(Job.of(later));

        assertThat(lane.cancel(push -> true, Apps.NOON.plusSeconds(5))).containsExactly(waiting);

        assertThat(lane.isCancelled()).isTrue();
        assertThat(lane.next().map(Job::push)).contains(later);
        assertThat(lane.isCancelled()).isFalse();
    }

    @Test
    void aClosedLaneHandsOutNothing() throws Exception {
        lane.add(Job.of(Apps.push("hello", "latest", 1)));

        lane.close();

        assertThat(lane.next()).isEmpty();
    }
}
