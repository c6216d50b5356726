package dev.rac.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void percentilesAreTimesThatWereMeasured() {
        Latencies hundred = Latencies.of(
                List.of(LongStream.rangeClosed(1, 100).map(n -> n * MILLI).toArray()));

        assertThat(hundred.percentileMillis(50)).isEqualTo(50);
        assertThat(hundred.percentileMillis(99)).isEqualTo(99);
        assertThat(hundred.percentileMillis(99.1)).isEqualTo(100);
        assertThat(hundred.percentileMillis(100)).isEqualTo(100);
        assertThat(hundred.percentileMillis(0.1)).isEqualTo(1);
    }

    @Test
    void whatSeveralClientsSawIsPutInOrder() {
        Latencies three = Latencies.of(List.of(new long[] {9 * MILLI}, new long[] {}, new long[] {MILLI, 5 * MILLI}));

        assertThat(three.count()).isEqualTo(3);
        assertThat(three.percentileMillis(50)).isEqualTo(5);
        assertThat(three.percentileMillis(99)).isEqualTo(9);
    }

    @Test
    void withoutAnswersThereIsNoPercentile() {
        assertThat(Latencies.of(List.of()).percentileMillis(50)).isNaN();
    }
}
