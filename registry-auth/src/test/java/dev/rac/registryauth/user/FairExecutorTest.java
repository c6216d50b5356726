package dev.rac.registryauth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One thread, held by a first piece of work until {@link #done} lets all that waits be done. */
class FairExecutorTest {
    private static final int MAX_WAITING = 6;

    private final FairExecutor executor = new FairExecutor("test", 1, MAX_WAITING);
    private final CountDownLatch hold = new CountDownLatch(1);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    FairExecutorTest() {
        var _ = executor.submit(Source.OWN, () -> {
            try {
                hold.await();
                return "held";
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> executor.waiting() == 0);
    }

    @AfterEach
    void close() {
        hold.countDown();
        executor.close();
    }

    @Test
    void eachSourceHasItsTurn() {
        submit("a", "b", "a", "a", "c", "b");

        assertThat(done()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    }

    @Test
    void whoBringsTheMostGivesUpForOthersAndIsToldSo() {
        List<CompletableFuture<String>> flood = submit("a", "a", "a", "a", "a", "a");
        submit("b", "c");

        assertThat(executor.waiting()).isEqualTo(MAX_WAITING);
        assertThat(done()).containsExactly("a1", "b1", "c1", "a2", "a3", "a4");
        assertThatThrownBy(() -> flood.getLast().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PasswordsBusyException.class);
        assertThatThrownBy(() -> Passwords.await(flood.get(4))).isInstanceOf(PasswordsBusyException.class);
    }

    @Test
    void nobodyGivesUpForWhoHasAsMany() {
        submit("a", "a", "a", "b", "b", "b");

        assertThatThrownBy(() -> submit("a")).isInstanceOf(PasswordsBusyException.class);
        assertThatThrownBy(() -> submit("b")).isInstanceOf(PasswordsBusyException.class);
        submit("c");
        assertThat(done()).hasSize(MAX_WAITING).contains("c1");
    }

    @Test
    void whatFailsTellsWhyAndEndsNothing() {
        var failing = executor.<String>submit(Source.OWN, () -> {
            throw new IllegalStateException("why");
        });
        submit("a");

        assertThat(done()).containsExactly("a1");
        assertThatThrownBy(failing::join).hasRootCauseMessage("why");
    }

    @Test
    void closedItDoesWhatWaitsAndTakesNoMore() {
        submit("a", "b");
        executor.close();

        assertThatThrownBy(() -> submit("a")).isInstanceOf(PasswordsBusyException.class);
        assertThat(done()).containsExactly("a1", "b1");
    }

    /** However it came about: every piece of work ends, and no source has two more than one that was refused. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyOneIsDoneRefusedOrGivenUp(long seed) {
        var random = new Random(seed);
        var taken = new ArrayList<CompletableFuture<String>>();
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            try {
                taken.addAll(submit(String.valueOf((char) ('a' + Math.min(random.nextInt(6), random.nextInt(6))))));
            } catch (PasswordsBusyException e) {
                refused++;
            }
            assertThat(executor.waiting()).isBetween(1, MAX_WAITING);
        }
        assertThat(done()).hasSize(MAX_WAITING);
        assertThat(taken).allMatch(CompletableFuture::isDone);
        assertThat(taken.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(200 - refused - MAX_WAITING);
        // Six sources have come, again and again, for six places.
        assertThat(done.stream().map(name -> name.charAt(0))).doesNotHaveDuplicates();
    }

    private List<CompletableFuture<String>> submit(String... sources) {
        var taken = new ArrayList<CompletableFuture<String>>();
        for (String source : sources) {
            taken.add(executor.submit(new Source(source), () -> {
                long before =
                        done.stream().filter(name -> name.startsWith(source)).count();
                done.add(source + (before + 1));
                return source;
            }));
        }
        return taken;
    }

    private List<String> done() {
        hold.countDown();
        await().until(() -> executor.waiting() == 0);
        // One more has its turn when all before it are done.
        executor.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().startsWith("test-")));
        return done;
    }
}
