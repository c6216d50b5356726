package dev.rac.notifier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void eachPauseIsTwiceTheLastUpToTheLongest() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

        assertThat(IntStream.of(1, 2, 3, 6, 7, 8, 1000, Integer.MAX_VALUE)
                        .mapToObj(backoff::after)
                        .map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 32L, 60L, 60L, 60L, 60L);
    }
}
