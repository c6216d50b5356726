package dev.rac.edgeproxy.wake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int ENOUGH = 10_000;

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
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.closeIfIdle()).isFalse();
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.leave()).isFalse();
        assertThat(admission.leave()).isTrue();
        assertThat(admission.closeIfIdle()).isTrue();
        assertThat(admission.closeIfIdle()).isTrue();
        assertThat(admission.tryEnter()).isFalse();
    }

    @Test
    void noMoreEnterThanThereArePlaces() {
        admission.open();
        admission.places(2);
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.tryEnter()).isFalse();
        admission.queued(true);
        admission.leave();

        assertThat(admission.tryEnter()).isFalse();
        assertThat(admission.tryEnterFirst()).isTrue();
        assertThat(admission.tryEnterFirst()).isFalse();
        admission.leave();
        admission.leave();
        assertThat(admission.closeIfIdle()).isFalse();
        admission.queued(false);
        assertThat(admission.closeIfIdle()).isTrue();
    }

    @Test
    void closingAsIdleAndEnteringExcludeEachOther() throws Exception {
        var stopped = new AtomicBoolean();
        var entries = new AtomicInteger();
        var stops = new AtomicInteger();
        // Each goes on until the other has happened often enough too, whatever the scheduler does.
        BooleanSupplier enough = () -> entries.get() >= ENOUGH && stops.get() >= ENOUGH;
        Callable<Integer> enter = () -> {
            int overlaps = 0;
            while (!enough.getAsBoolean()) {
                if (admission.tryEnter()) {
                    overlaps += stopped.get() ? 1 : 0;
                    entries.incrementAndGet();
                    admission.leave();
                }
            }
            return overlaps;
        };
        Callable<Integer> stop = () -> {
            while (!enough.getAsBoolean()) {
                if (admission.closeIfIdle()) {
                    stopped.set(true);
                    stops.incrementAndGet();
                    stopped.set(false);
                    admission.open();
                }
            }
            return 0;
        };
        admission.open();
        try (var threads = Executors.newFixedThreadPool(3)) {
            int overlaps = threads.invokeAll(List.of(enter, enter, stop)).stream()
                    .mapToInt(Future::resultNow)
                    .sum();

            assertThat(overlaps).isZero();
        }
        assertThat(admission.inFlight()).isZero();
    }
}
