package dev.rac.targets.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatienceTest {
    @Test
    void aFastAppIsAskedEveryFewMilliseconds() {
        assertThat(IntStream.range(0, 5).mapToObj(Patience::pause))
                .allSatisfy(pause -> assertThat(pause).isLessThan(Duration.ofMillis(6)));
    }

    @Test
    void patienceGrowsToItsLimits() {
        for (int probe = 1; probe < 1000; probe++) {
            assertThat(Patience.pause(probe)).isGreaterThanOrEqualTo(Patience.pause(probe - 1));
            assertThat(Patience.connectTimeout(probe)).isGreaterThanOrEqualTo(Patience.connectTimeout(probe - 1));
            assertThat(Patience.answerTimeout(probe)).isGreaterThanOrEqualTo(Patience.answerTimeout(probe - 1));
        }
        assertThat(Patience.pause(999)).isEqualTo(Duration.ofMillis(100));
        assertThat(Patience.connectTimeout(999)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Patience.answerTimeout(999)).isEqualTo(Duration.ofSeconds(10));
    }
}
