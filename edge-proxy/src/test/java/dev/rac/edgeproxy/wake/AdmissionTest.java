package dev.rac.edgeproxy.wake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission();

    @Test
    void nobodyEntersWhileItIsClosed() {
        assertThat(admission.tryEnter()).isFalse();
        admission.open();
        assertThat(admission.tryEnter()).isTrue();
        admission.close();
        assertThat(admission.tryEnter()).isFalse();
        assertThat(admission.inFlight()).isEqualTo(1);
        assertThat(admission.leave()).isTrue();
        assertThat(admission.inFlight()).isZero();
    }

    @Test
    void itDoesNotCloseAsIdleWithOneInFlight() {
        admission.open();
        admission.enter();
        assertThat(admission.closeIfIdle()).isFalse();
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.leave()).isFalse();
        assertThat(admission.leave()).isTrue();
        assertThat(admission.closeIfIdle()).isTrue();
        assertThat(admission.closeIfIdle()).isTrue();
        assertThat(admission.tryEnter()).isFalse();
    }

    @Test
    void closingAsIdleAndEnteringExcludeEachOther() throws Exception {
        var stopped = new AtomicBoolean();
        Callable<Integer> enter = () -> {
            int overlaps = 0;
            for (int i = 0; i < 200_000; i++) {
                if (admission.tryEnter()) {
                    overlaps += stopped.get() ? 1 : 0;
                    admission.leave();
                }
            }
            return overlaps;
        };
        Callable<Integer> stop = () -> {
            int stops = 0;
            for (int i = 0; i < 200_000; i++) {
                if (admission.closeIfIdle()) {
                    stopped.set(true);
                    stops++;
                    stopped.set(false);
                    admission.open();
                }
            }
            return stops;
        };
        admission.open();
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> results = threads.invokeAll(List.of(enter, enter, stop));

            assertThat(IntStream.range(0, 2)
                            .map(i -> results.get(i).resultNow())
                            .sum())
                    .isZero();
            assertThat(results.get(2).resultNow()).isPositive();
        }
        assertThat(admission.inFlight()).isZero();
    }
}
